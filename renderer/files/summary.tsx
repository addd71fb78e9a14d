import type { ReactNode } from 'react';
import type { SalonFolder } from '../../preload/contract/files.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Progress } from '../ui/progress.tsx';
import { useStore } from '../ui/store.ts';
import { activityOf } from './activity.ts';

/** Three figures: what goes on now, how much there is, what needs the person. */
export function Summary({ folders }: { readonly folders: readonly SalonFolder[] }) {
  const { t, format } = useWords();
  const files = folders.reduce((sum, folder) => sum + folder.fileCount, 0);
  const bytes = folders.reduce((sum, folder) => sum + folder.byteCount, 0);
  const waiting = folders.reduce(
    (sum, { problems, conflicts, activity }) =>
      sum + problems.length + conflicts.length + (activity.state === 'guarded' ? 1 : 0),
    0,
  );
  return (
    <div className="summary">
      <Now folders={folders} />
      <Figure title={t('common:files', { count: files })}>
        <p>
          {t('files:summary.size', {
            salons: t('files:summary.salons', { count: folders.length }),
            size: format.size(bytes),
          })}
        </p>
      </Figure>
      <Figure
        title={waiting > 0 ? t('files:summary.waiting', { count: waiting }) : t('files:summary.nothing')}
      >
        <p>{t(waiting > 0 ? 'files:summary.waitingText' : 'files:summary.nothingText')}</p>
      </Figure>
    </div>
  );
}

/** From so many seconds on it helps to know when it will be done. */
const LONG_S = 120;

function Now({ folders }: { readonly folders: readonly SalonFolder[] }) {
  const { t, format } = useWords();
  const now = useStore(useWorkspace().clock.minute);
  const { filesLeft, bytesDone, bytesTotal, bytesPerSecond, secondsLeft } = activityOf(folders);
  if (filesLeft === 0) {
    const isCalm = folders.every(({ activity }) => activity.state === 'up-to-date');
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
