import type { ReactNode } from 'react';
import type { FilesOverview, SalonFolder } from '../../preload/contract/files.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Progress } from '../ui/progress.tsx';
import { useStore } from '../ui/store.ts';
import { activityOf, sizeOf } from './activity.ts';

const KINDS = ['salon', 'chosen'] as const;

/** Three figures: what goes on now, how much there is, what needs the person. */
export function Summary({ folders, spaceLimit }: Pick<FilesOverview, 'folders' | 'spaceLimit'>) {
  const { t } = useWords();
  const waiting = folders.reduce(
    (sum, { problems, conflicts, activity }) =>
      sum + problems.length + conflicts.length + (activity.state === 'guarded' ? 1 : 0),
    0,
  );
  return (
    <div className="summary">
      <Now folders={folders} />
      <Whole folders={folders} spaceLimit={spaceLimit} />
      <Figure
        title={waiting > 0 ? t('files:summary.waiting', { count: waiting }) : t('files:summary.nothing')}
      >
        <p>{t(waiting > 0 ? 'files:summary.waitingText' : 'files:summary.nothingText')}</p>
      </Figure>
    </div>
  );
}

/** How much there is on this PC, or, before it is counted, how much is to come. */
function Whole({ folders, spaceLimit }: Pick<FilesOverview, 'folders' | 'spaceLimit'>) {
  const { t, format } = useWords();
  const sizes = folders.map(sizeOf);
  const files = sizes.reduce((sum, size) => sum + (size.is === 'counted' ? size.files : 0), 0);
  const bytesOf = (is: 'counted' | 'coming') =>
    sizes.reduce((sum, size) => sum + (size.is === is ? size.bytes : 0), 0);
  const named = useFolderCount(folders);
  const isOpen = sizes.some(({ is }) => is === 'unknown');
  const coming = bytesOf('coming');
  const size = format.size(bytesOf('counted'));
  if (sizes.length > 0 && sizes.every(({ is }) => is === 'online-only')) {
    return (
      <Figure title={t('files:summary.online')}>
        <p>{t('files:summary.onlineText', { folders: named })}</p>
      </Figure>
    );
  }
  if (files === 0 && (isOpen || coming > 0)) {
    const title = isOpen
      ? t('files:summary.estimating')
      : t('files:summary.toCome', { size: format.size(coming) });
    return (
      <Figure title={title}>
        <p>{t(isOpen ? 'files:summary.estimatingText' : 'files:summary.toComeText', { folders: named })}</p>
      </Figure>
    );
  }
  return (
    <Figure title={t('common:files', { count: files })}>
      <p>
        {spaceLimit === null
          ? t('files:summary.size', { folders: named, size })
          : t('files:summary.sizeOf', { folders: named, size, limit: format.size(spaceLimit) })}
      </p>
    </Figure>
  );
}

/** How many there are of each kind. */
function useFolderCount(folders: readonly SalonFolder[]): string {
  const { t, format } = useWords();
  const counted = KINDS.map((kind) => [kind, folders.filter((each) => each.kind === kind).length] as const);
  const some = counted.filter(([, count]) => count > 0);
  return format.list(some.map(([kind, count]) => t(`files:summary.${kind}s`, { count })));
}

/** From so many seconds on it helps to know when it will be done. */
const LONG_S = 120;

function Now({ folders }: { readonly folders: readonly SalonFolder[] }) {
  const { t, format } = useWords();
  const now = useStore(useWorkspace().clock.minute);
  const { filesLeft, bytesDone, bytesTotal, bytesPerSecond, secondsLeft } = activityOf(folders);
  if (filesLeft === 0) {
    const isCalm = folders.every(
      ({ activity, problems, conflicts }) =>
        activity.state === 'up-to-date' && problems.length === 0 && conflicts.length === 0,
    );
    return (
      <Figure title={t(isCalm ? 'files:summary.calm' : 'files:summary.still')}>
        <p>{t(isCalm ? 'files:summary.calmText' : 'files:summary.stillText')}</p>
      </Figure>
    );
  }
  const speed = format.speed(bytesPerSecond);
  const endsAt = secondsLeft !== null && secondsLeft >= LONG_S ? now + secondsLeft * 1000 : null;
  return (
    <Figure title={t('files:state.syncing', { count: filesLeft })}>
      <p>
        {secondsLeft === null ? speed : t('files:speedLeft', { speed, left: format.duration(secondsLeft) })}
        {endsAt !== null && ` · ${t('files:estimate.endsAt', { time: format.time(endsAt) })}`}
      </p>
      <Progress part={bytesTotal > 0 ? bytesDone / bytesTotal : null} label={t('files:summary.progress')} />
    </Figure>
  );
}

function Figure({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="figure figures">
      <p className="figure-title">{title}</p>
      {children}
    </div>
  );
}
