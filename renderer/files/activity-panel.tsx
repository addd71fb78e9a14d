import { Button as Pressable } from 'react-aria-components';
import type { Deed, DoneItem, RunningFile } from '../../preload/contract/file-activity.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { fileName } from '../ui/file-name.ts';
import { FileTile } from '../ui/file-tile.tsx';
import { CheckCircleIcon } from '../ui/icons.ts';
import { Progress } from '../ui/progress.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { useSelected, useStore } from '../ui/store.ts';
import { WaitingList } from './waiting-list.tsx';
import './activity.css';

/** What is sent and fetched now, file by file, and what was done last. */
export function ActivityPanel() {
  return (
    <>
      <Running />
      <WaitingList />
      <Recent />
    </>
  );
}

function Running() {
  const { t } = useWords();
  const { activity, folders } = useWorkspace();
  const running = useStore(activity.running);
  const paused = useSelected(folders.overview, (overview) => overview?.paused ?? false);
  return (
    <section className="activity" aria-label={t('files:activity.running')}>
      <h2>{t('files:activity.running')}</h2>
      {running.length === 0 ? (
        <p className="secondary">{t(paused ? 'files:activity.paused' : 'files:activity.nothing')}</p>
      ) : (
        <ul className="activity-list activity-running">
          {running.map((file) => (
            <RunningRow key={`${file.salonId} ${file.path}`} file={file} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RunningRow({ file }: { readonly file: RunningFile }) {
  const { t, format } = useWords();
  const { salonId, path, direction, bytesDone, bytesTotal, bytesPerSecond, secondsLeft } = file;
  const name = fileName(path);
  const line = t(`files:activity.${direction}`, { salon: useSalonName(salonId) });
  const speed = bytesPerSecond > 0 ? format.speed(bytesPerSecond) : '';
  const pace =
    secondsLeft === null ? speed : t('files:speedLeft', { speed, left: format.duration(secondsLeft) });
  return (
    <li className="activity-row">
      <FileTile name={name} />
      <div className="activity-words">
        <p className="activity-name cut" title={path}>
          {name}
        </p>
        <p className="least cut">{line}</p>
      </div>
      <div className="activity-progress figures">
        <Progress
          part={bytesTotal > 0 ? bytesDone / bytesTotal : null}
          label={t('files:activity.progress', { name })}
        />
        <p className="least cut">
          {t('files:activity.of', { done: format.size(bytesDone), total: format.size(bytesTotal) })}
          {pace !== '' && ` · ${pace}`}
        </p>
      </div>
      <StopButton salonId={salonId} path={path} name={name} />
    </li>
  );
}

/** A file that was dropped into a conversation can be taken back; any other stops with all of them. */
function StopButton({ salonId, path, name }: { salonId: string; path: string; name: string }) {
  const { t } = useWords();
  const { transfers } = useWorkspace();
  const transferId = useSelected(
    transfers.sendings,
    (sendings) =>
      sendings.find(({ transfer }) => transfer.salonId === salonId && transfer.path === path)?.transfer
        .transferId ?? null,
  );
  if (transferId === null) return null;
  return (
    <Button
      tone="quiet"
      aria-label={t('files:activity.stopFile', { name })}
      onPress={() => void transfers.stop(transferId)}
    >
      {t('files:activity.stop')}
    </Button>
  );
}

function Recent() {
  const { t } = useWords();
  const { activity } = useWorkspace();
  const recent = useStore(activity.recent);
  return (
    <section className="activity" aria-label={t('files:activity.recent')}>
      <h2>{t('files:activity.recent')}</h2>
      {recent === null && <SkeletonRows rows={4} avatar={32} />}
      {recent?.length === 0 && (
        <Empty icon={CheckCircleIcon} title={t('files:activity.none.title')}>
          <p>{t('files:activity.none.text')}</p>
        </Empty>
      )}
      {recent && recent.length > 0 && (
        <ul className="activity-list">
          {recent.map((item) => (
            <RecentRow key={item.id} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}

const GONE: ReadonlySet<Deed> = new Set(['removed-here', 'removed-there', 'left-here']);
const OF_FOLDERS: ReadonlySet<Deed> = new Set(['folder-sent', 'folder-fetched']);

function RecentRow({ item }: { readonly item: DoneItem }) {
  const { t, format } = useWords();
  const { clock, folders } = useWorkspace();
  const attempt = useAttempt();
  const now = useStore(clock.minute);
  const { salonId, path, from, deed, at } = item;
  const name = fileName(path);
  const isFolder = OF_FOLDERS.has(deed);
  const open = () => void attempt(isFolder ? folders.reveal(salonId, path) : folders.open(salonId, path));
  const salon = useSalonName(salonId);
  const what = t(`files:deed.${deed}`, { from: fileName(from ?? '') });
  return (
    <li>
      <Pressable className="activity-row activity-done" onPress={open} isDisabled={GONE.has(deed)}>
        <FileTile name={isFolder ? null : name} />
        <span className="activity-words">
          <span className="activity-name cut" title={path}>
            {name}
          </span>
          <span className="least cut">
            {what} · {salon}
          </span>
        </span>
        <span className="least figures activity-when" title={format.full(at)}>
          {format.relative(at, now)}
        </span>
      </Pressable>
    </li>
  );
}

function useSalonName(salonId: string): string {
  const { folders } = useWorkspace();
  return useSelected(folders.overview, () => folders.folder(salonId)?.name ?? '');
}
