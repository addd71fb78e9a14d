import { useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FileTile } from '../ui/file-tile.tsx';
import { ArrowSquareOutIcon } from '../ui/icons.ts';
import { useSelected } from '../ui/store.ts';
import './files.css';

interface Props {
  readonly salonId: string;
  readonly copyPath: string;
}

/** Two versions of one file: look at both, then keep one or both. */
export function ConflictDialog({ salonId, copyPath }: Props) {
  const { t } = useWords();
  const { folders, navigation } = useWorkspace();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const conflict = useSelected(
    folders.overview,
    () => folders.folder(salonId)?.conflicts.find((each) => each.copyPath === copyPath) ?? null,
  );
  const keep = async (which: 'here' | 'there' | 'both') => {
    setBusy(true);
    const done = await attempt(folders.settleConflict(salonId, copyPath, which));
    setBusy(false);
    if (done) navigation.closeDialog();
  };
  const name = lastPart(conflict?.path ?? copyPath);
  return (
    <Dialog title={t('files:conflict.title', { name })} onClose={navigation.closeDialog}>
      <p>{t(conflict ? 'files:conflict.text' : 'files:conflict.gone')}</p>
      {conflict && (
        <ul className="versions">
          <Version salonId={salonId} path={conflict.path} label={t('files:conflict.there')} />
          <Version salonId={salonId} path={copyPath} label={t('files:conflict.here')} />
        </ul>
      )}
      {conflict && <p className="secondary">{t('files:conflict.trash')}</p>}
      <DialogActions>
        {conflict ? (
          <>
            <Button isDisabled={busy} onPress={() => void keep('there')}>
              {t('files:conflict.keepThere')}
            </Button>
            <Button isDisabled={busy} onPress={() => void keep('here')}>
              {t('files:conflict.keepHere')}
            </Button>
            <Button tone="primary" isDisabled={busy} onPress={() => void keep('both')}>
              {t('files:conflict.both')}
            </Button>
          </>
        ) : (
          <Button onPress={navigation.closeDialog}>{t('common:close')}</Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

interface VersionProps {
  readonly salonId: string;
  readonly path: string;
  readonly label: string;
}

function Version({ salonId, path, label }: VersionProps) {
  const { t } = useWords();
  const { folders } = useWorkspace();
  const attempt = useAttempt();
  return (
    <li className="version">
      <FileTile name={path} size={36} />
      <div className="version-words">
        <p className="version-label">{label}</p>
        <p className="least cut" title={path}>
          {lastPart(path)}
        </p>
      </div>
      <Button icon={ArrowSquareOutIcon} onPress={() => void attempt(folders.open(salonId, path))}>
        {t('common:open')}
      </Button>
    </li>
  );
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
