import type { FolderActivity, SalonFolder } from '../../preload/contract/files.ts';
import type { Words } from '../i18n/index.ts';
import type { Tone } from '../ui/notice.tsx';

/** How a folder is, in a colour and a few words. */
export interface FolderState {
  readonly tone: Tone;
  readonly title: string;
}

/** The state of a folder for a person: what waits for a decision comes before what goes on. */
export function folderState(folder: SalonFolder, { t }: Words): FolderState {
  const { activity, problems, conflicts, unwanted } = folder;
  switch (activity.state) {
    case 'guarded':
      return { tone: 'warn', title: t('files:state.guarded') };
    case 'failed':
      return activity.why === 'drive-silent'
        ? { tone: 'warn', title: t('files:state.driveSilent') }
        : { tone: 'bad', title: t('files:state.failed') };
    case 'gone':
      return { tone: 'warn', title: t('files:state.gone') };
    case 'signed-out':
      return { tone: 'warn', title: t('files:state.signed-out') };
    case 'syncing':
      return {
        tone: 'busy',
        title:
          activity.filesLeft > 0
            ? t('files:state.syncing', { count: activity.filesLeft })
            : t('files:state.finishing'),
      };
    case 'starting':
    case 'scanning':
      return { tone: 'busy', title: t(`files:state.${activity.state}`) };
    case 'offline':
      return {
        tone: activity.why === 'network' || activity.why === 'server' ? 'wait' : 'warn',
        title: t(`files:offline.${activity.why}.state`),
      };
    case 'maintenance':
      return { tone: 'wait', title: t(`files:state.${activity.state}`) };
    case 'paused':
      return { tone: 'wait', title: t(`files:paused.${activity.reason}.state`) };
    case 'up-to-date':
      if (conflicts.length > 0)
        return { tone: 'warn', title: t('files:state.conflicts', { count: conflicts.length }) };
      if (problems.length > 0)
        return { tone: 'warn', title: t('files:state.problems', { count: problems.length }) };
      if (unwanted.includes('')) return { tone: 'ok', title: t('files:state.online-only') };
      return { tone: 'ok', title: t('files:state.up-to-date') };
  }
}

/** What that means for the person's files, in a sentence. */
export function folderMeaning(folder: SalonFolder, words: Words): string {
  const { t } = words;
  const { activity, fileCount, unwanted } = folder;
  const { tone } = folderState(folder, words);
  if (activity.state === 'syncing') return syncingLine(activity, words);
  if (activity.state === 'offline') return t(`files:offline.${activity.why}.meaning`);
  if (activity.state === 'failed') return t(`files:failed.${activity.why}`);
  if (activity.state === 'paused') return t(`files:paused.${activity.reason}.meaning`);
  if (activity.state === 'gone' && folder.kind === 'chosen') return t('files:meaning.goneChosen');
  if (activity.state !== 'up-to-date') return t(`files:meaning.${activity.state}`);
  if (tone === 'ok' && unwanted.includes('')) return t('files:meaning.online-only');
  return tone === 'ok'
    ? t('files:meaning.up-to-date', { files: t('common:files', { count: fileCount }) })
    : t('files:meaning.needsYou');
}

function syncingLine(activity: Extract<FolderActivity, { state: 'syncing' }>, { t, format }: Words): string {
  const speed = format.speed(activity.bytesPerSecond);
  if (activity.secondsLeft === null) return activity.bytesPerSecond > 0 ? speed : t('files:meaning.syncing');
  return t('files:speedLeft', { speed, left: format.duration(activity.secondsLeft) });
}
