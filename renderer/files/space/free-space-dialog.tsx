import { useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { useAttempt } from '../../salons/use-attempt.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { HardDrivesIcon } from '../../ui/icons.ts';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { bytesOf, type FreeableFolder, keyOf, unwantedAfter } from './space-model.ts';
import { SpaceRow } from './space-row.tsx';
import { useFreeable } from './use-freeable.ts';
import './space.css';

/** Makes room on this PC: what stays online leaves from here, what is safest and largest offered first. */
export function FreeSpaceDialog() {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  const { known, error, ask } = useFreeable();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const offered = known?.folders ?? [];
  const leaving = offered.filter((folder) => chosen.has(keyOf(folder)));
  const choose = (folder: FreeableFolder, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(keyOf(folder));
    else next.delete(keyOf(folder));
    setChosen(next);
  };
  return (
    <Dialog title={t('files:space.title')} onClose={navigation.closeDialog}>
      {error && <ErrorNotice problem={{ from: 'main', error }} onRetry={() => void ask()} />}
      {!known && !error && <SkeletonRows rows={5} avatar={32} />}
      {known && offered.length === 0 && (
        <Empty icon={HardDrivesIcon} title={t('files:space.none.title')}>
          <p>{t('files:space.none.text')}</p>
        </Empty>
      )}
      {offered.length > 0 && (
        <>
          <p>{t('files:space.text')}</p>
          <ul className="space-list" aria-label={t('files:space.folders')}>
            {offered.map((folder) => (
              <SpaceRow
                key={keyOf(folder)}
                folder={folder}
                isChosen={chosen.has(keyOf(folder))}
                onChoose={(isChosen) => choose(folder, isChosen)}
              />
            ))}
          </ul>
          <Room free={known?.freeBytes ?? null} leaving={leaving} />
        </>
      )}
      <Acts leaving={leaving} isOffered={offered.length > 0} />
    </Dialog>
  );
}

interface RoomProps {
  readonly free: number | null;
  readonly leaving: readonly FreeableFolder[];
}

/** The space on the disk now, and once what is chosen left. */
function Room({ free, leaving }: RoomProps) {
  const { t, format } = useWords();
  const freed = bytesOf(leaving);
  const isWaiting = leaving.some(({ unsent }) => unsent > 0);
  return (
    <div className="space-room figures" aria-live="polite">
      <p>
        <span className="secondary">{t('files:space.now')}</span>{' '}
        <strong>{free === null ? t('files:space.unknown') : format.size(free)}</strong>
      </p>
      <p>
        <span className="secondary">{t(free === null ? 'files:space.freed' : 'files:space.after')}</span>{' '}
        <strong>{format.size(freed + (free ?? 0))}</strong>
      </p>
      {isWaiting && <p className="secondary space-waits">{t('files:space.waits')}</p>}
    </div>
  );
}

interface ActsProps {
  readonly leaving: readonly FreeableFolder[];
  readonly isOffered: boolean;
}

function Acts({ leaving, isOffered }: ActsProps) {
  const { t } = useWords();
  const { folders, navigation, toasts } = useWorkspace();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const free = async () => {
    setBusy(true);
    const after = [...unwantedAfter(leaving, folders.overview.get()?.folders ?? [])];
    const done = await Promise.all(after.map(([id, unwanted]) => attempt(folders.choose(id, unwanted))));
    setBusy(false);
    if (!done.every(Boolean)) return;
    navigation.closeDialog();
    const bytes = bytesOf(leaving);
    toasts.show('ok', ({ t: say, format }) => say('files:space.done', { size: format.size(bytes) }), 'space');
  };
  if (!isOffered)
    return (
      <DialogActions>
        <Button onPress={() => void attempt(folders.openPlace())}>{t('files:openPlace')}</Button>
        <Button tone="primary" onPress={navigation.closeDialog}>
          {t('common:close')}
        </Button>
      </DialogActions>
    );
  return (
    <DialogActions>
      <Button onPress={navigation.closeDialog}>{t('common:cancel')}</Button>
      <Button tone="primary" isDisabled={busy || leaving.length === 0} onPress={() => void free()}>
        {t('files:space.free')}
      </Button>
    </DialogActions>
  );
}
