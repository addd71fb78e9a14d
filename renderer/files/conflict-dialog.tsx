import { useState } from 'react';
import type { Conflict, ConflictFacts } from '../../preload/contract/files.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { fileName } from '../ui/file-name.ts';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { useSelected } from '../ui/store.ts';
import { ConflictDifference } from './conflict-difference.tsx';
import { ConflictVersion } from './conflict-version.tsx';
import { ConflictPictures } from './pictures/conflict-pictures.tsx';
import { isPicture } from './pictures/is-picture.ts';
import { useConflictFacts } from './use-conflict-facts.ts';
import { type Keep, useSettle } from './use-settle.ts';
import './files.css';

interface Props {
  readonly salonId: string;
  readonly copyPath: string;
}

/** Two versions of one file beside each other: look at both, then keep one or both. */
export function ConflictDialog({ salonId, copyPath }: Props) {
  const { t } = useWords();
  const { folders, navigation } = useWorkspace();
  const conflict = useSelected(
    folders.overview,
    () => folders.folder(salonId)?.conflicts.find((each) => each.copyPath === copyPath) ?? null,
  );
  const title = t('files:conflict.title', { name: fileName(conflict?.path ?? copyPath) });
  if (conflict) return <Choice salonId={salonId} conflict={conflict} title={title} />;
  return (
    <Dialog title={title} onClose={navigation.closeDialog}>
      <p>{t('files:conflict.gone')}</p>
      <DialogActions>
        <Button onPress={navigation.closeDialog}>{t('common:close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly salonId: string;
  readonly conflict: Conflict;
  readonly title: string;
}

function Choice({ salonId, conflict, title }: ChoiceProps) {
  const { t } = useWords();
  const { navigation, bridge } = useWorkspace();
  const { facts, error, look } = useConflictFacts(salonId, conflict.copyPath);
  const [hasChanged, setHasChanged] = useState(false);
  return (
    <Dialog title={title} onClose={navigation.closeDialog} width={920}>
      {hasChanged && (
        <Notice tone="warn" role="alert" title={t('files:conflict.changedNow')}>
          <p>{t('files:conflict.lookAgain')}</p>
        </Notice>
      )}
      <p>{t('files:conflict.text')}</p>
      {error && (
        <ErrorNotice
          problem={{ from: 'main', error }}
          onRetry={() => void look()}
          onCopy={(details) => void bridge.app.copyText({ text: details })}
        />
      )}
      {!facts && !error && <SkeletonRows rows={3} avatar={36} />}
      {facts && <Versions salonId={salonId} conflict={conflict} facts={facts} />}
      <p className="secondary">
        {facts?.canUndo === false ? t('files:conflict.trashOnly') : t('files:conflict.trash')}
      </p>
      <Acts
        salonId={salonId}
        conflict={conflict}
        facts={facts}
        onRefused={async (isChange) => {
          await look();
          setHasChanged(isChange);
        }}
      />
    </Dialog>
  );
}

interface VersionsProps {
  readonly salonId: string;
  readonly conflict: Conflict;
  readonly facts: ConflictFacts;
}

function Versions({ salonId, conflict, facts }: VersionsProps) {
  const { t } = useWords();
  const { path, copyPath } = conflict;
  const { there, here, difference } = facts;
  const isPictures =
    isPicture(path) &&
    difference.kind !== 'equal' &&
    [there, here].every((version) => version?.kind !== 'folder');
  return (
    <>
      <ul className="versions">
        <ConflictVersion salonId={salonId} path={path} label={t('files:conflict.there')} facts={there} />
        <ConflictVersion salonId={salonId} path={copyPath} label={t('files:conflict.here')} facts={here} />
      </ul>
      {isPictures ? (
        <ConflictPictures salonId={salonId} conflict={conflict} facts={facts} />
      ) : (
        <ConflictDifference difference={difference} />
      )}
    </>
  );
}

interface ActsProps {
  readonly salonId: string;
  readonly conflict: Conflict;
  readonly facts: ConflictFacts | null;
  /** Nothing was done; `isChange` when a version was not the one shown. */
  readonly onRefused: (isChange: boolean) => Promise<void>;
}

function Acts({ salonId, conflict, facts, onRefused }: ActsProps) {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  const settle = useSettle();
  const [busy, setBusy] = useState(false);
  const keep = async (which: Keep) => {
    setBusy(true);
    const outcome = await settle(salonId, conflict, which, facts);
    if (outcome.ok) navigation.closeDialog();
    else await onRefused(outcome.error.code === 'changed');
    setBusy(false);
  };
  return (
    <DialogActions>
      <Button isDisabled={busy || !facts?.there} onPress={() => void keep('there')}>
        {t('files:conflict.keepThere')}
      </Button>
      <Button isDisabled={busy || !facts?.here} onPress={() => void keep('here')}>
        {t('files:conflict.keepHere')}
      </Button>
      <Button tone="primary" isDisabled={busy} onPress={() => void keep('both')}>
        {t('files:conflict.both')}
      </Button>
    </DialogActions>
  );
}
