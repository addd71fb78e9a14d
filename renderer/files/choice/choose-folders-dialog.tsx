import { useCallback, useMemo, useState } from 'react';
import type { SalonFolder } from '../../../preload/contract/files.ts';
import type { FolderContents } from '../../../preload/contract/folder-sizes.ts';
import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { useAttempt } from '../../salons/use-attempt.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useSelected } from '../../ui/store.ts';
import { SwitchRow } from '../../ui/switch-row.tsx';
import { isWithin, leaving, takeBack, turnAway, type Unwanted } from './choice-model.ts';
import { FolderChecks } from './folder-checks.tsx';
import { type ServerFolders, useServerFolders } from './use-server-folders.ts';
import './choice.css';

/** Which folders of a salon are kept on this PC: the person sees what they weigh before they choose. */
export function ChooseFoldersDialog({ salonId }: { readonly salonId: string }) {
  const { t } = useWords();
  const { folders, navigation } = useWorkspace();
  const folder = useSelected(folders.overview, () => folders.folder(salonId));
  if (folder) return <Choose folder={folder} />;
  return (
    <Dialog title={t('files:choose.title')} onClose={navigation.closeDialog} width={480}>
      <p>{t('files:choose.gone')}</p>
      <DialogActions>
        <Button onPress={navigation.closeDialog}>{t('common:close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

function Choose({ folder }: { readonly folder: SalonFolder }) {
  const { t } = useWords();
  const { folders, navigation } = useWorkspace();
  const attempt = useAttempt();
  const [before] = useState(folder.unwanted);
  const [unwanted, setUnwanted] = useState<Unwanted>(before);
  const [busy, setBusy] = useState(false);
  const { salonId } = folder;
  const server = useServerFolders(
    useCallback((path: string) => folders.contents(salonId, path), [folders, salonId]),
    useMemo(() => ['', ...foldersAbove(before)], [before]),
  );
  const foldersIn = (path: string) => (server.contents.get(path)?.folders ?? []).map((each) => each.path);
  const isKept = !unwanted.includes('');
  const sums = useSums(server, before, unwanted);
  const save = async () => {
    setBusy(true);
    const done = await attempt(folders.choose(salonId, unwanted));
    setBusy(false);
    if (done) navigation.closeDialog();
  };
  return (
    <Dialog title={t('files:choose.title')} subtitle={folder.name} onClose={navigation.closeDialog}>
      <SwitchRow
        label={t('files:choose.keep')}
        hint={t('files:choose.keepHint')}
        selected={isKept}
        onChange={(selected) => setUnwanted(selected ? before.filter((path) => path !== '') : [''])}
      />
      {server.error && (
        <ErrorNotice problem={{ from: 'main', error: server.error }} onRetry={() => void server.askAgain()} />
      )}
      {isKept && (server.contents.has('') || !server.error) && (
        <section className="folder-choice" aria-label={t('files:choose.folders')}>
          <FolderChecks
            path=""
            server={server}
            unwanted={unwanted}
            onChoose={(path, isWanted) =>
              setUnwanted(isWanted ? takeBack(path, unwanted, foldersIn) : turnAway(path, unwanted))
            }
          />
        </section>
      )}
      <Consequences folder={folder} sums={sums} leaves={leaving(before, unwanted)} />
      <DialogActions>
        <Button onPress={navigation.closeDialog}>{t('common:cancel')}</Button>
        <Button tone="primary" isDisabled={busy || sums.isTooMuch} onPress={() => void save()}>
          {t('files:choose.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

interface ConsequencesProps {
  readonly folder: SalonFolder;
  readonly sums: Sums;
  readonly leaves: Unwanted;
}

/** What the choice comes to: the space it takes, what goes from this PC, and what can't yet. */
function Consequences({ folder, sums, leaves }: ConsequencesProps) {
  const { t, format } = useWords();
  const { chosen, free, isTooMuch } = sums;
  const stuck = folder.problems.filter(({ path }) => leaves.some((gone) => isWithin(path, gone)));
  const names = leaves.map((path) => (path === '' ? folder.name : path));
  return (
    <div className="folder-choice-sums" aria-live="polite">
      {chosen !== null && (
        <p className="figures">
          {t('files:choose.chosen', { size: format.size(chosen) })}
          {free !== null && ` · ${t('files:choose.free', { size: format.size(free) })}`}
        </p>
      )}
      {isTooMuch && <Notice tone="bad" title={t('files:choose.tooMuch')} />}
      {names.length > 0 && (
        <Notice tone="info" title={t('files:choose.leaves', { names: format.list(names.slice(0, 3)) })}>
          <p>{t('files:choose.stays')}</p>
        </Notice>
      )}
      {stuck.length > 0 && (
        <Notice
          tone="warn"
          title={t('files:choose.notYet', { names: format.list(stuck.slice(0, 3).map(({ path }) => path)) })}
        >
          <p>{t('files:choose.notYetText')}</p>
        </Notice>
      )}
    </div>
  );
}

interface Sums {
  /** Bytes that will be on this PC; null while the server has not said. */
  readonly chosen: number | null;
  readonly free: number | null;
  readonly isTooMuch: boolean;
}

function useSums({ contents }: ServerFolders, before: Unwanted, after: Unwanted): Sums {
  return useMemo(() => {
    const root = contents.get('');
    if (!root) return { chosen: null, free: null, isTooMuch: false };
    const sizes = new Map([...contents.values()].flatMap((each) => each.folders).map(sizeOf));
    const total = root.folders.reduce((sum, { bytes }) => sum + (bytes ?? 0), root.fileBytes);
    const here = (unwanted: Unwanted): number =>
      unwanted.reduce((sum, path) => sum - (path === '' ? total : (sizes.get(path) ?? 0)), total);
    const chosen = Math.max(0, here(after));
    const free = root.freeBytes;
    return { chosen, free, isTooMuch: free !== null && chosen - Math.max(0, here(before)) > free };
  }, [contents, before, after]);
}

function sizeOf({ path, bytes }: FolderContents['folders'][number]): [string, number] {
  return [path, bytes ?? 0];
}

/** The folders whose contents must be known to know what those that are not wanted weigh. */
function foldersAbove(unwanted: Unwanted): string[] {
  const above = new Set<string>();
  for (const path of unwanted) {
    const names = path.split('/');
    for (let depth = 1; depth < names.length; depth += 1) above.add(names.slice(0, depth).join('/'));
  }
  return [...above];
}
