import type { SalonFolder } from '../../../preload/contract/files.ts';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { FailedDetails } from '../failed-details.tsx';
import { folderMeaning, folderState } from '../folder-state.ts';
import { useWorkspace } from '../stores/workspace-context.tsx';
import { useAttempt } from '../use-attempt.ts';

/** How a salon's folder is, in a box: in one word, what it means, and the one act that helps. */
export function FolderStateBox({ folder }: { readonly folder: SalonFolder }) {
  const words = useWords();
  const { tone, title } = folderState(folder, words);
  const { activity } = folder;
  return (
    <Notice tone={tone} title={title} className="folder-state" actions={<Act folder={folder} />}>
      <p className="figures">{folderMeaning(folder, words)}</p>
      <FailedDetails activity={activity} />
      {activity.state === 'syncing' && activity.bytesTotal > 0 && (
        <Progress part={activity.bytesDone / activity.bytesTotal} label={title} />
      )}
    </Notice>
  );
}

function Act({ folder }: { readonly folder: SalonFolder }) {
  const { t } = useWords();
  const { folders, navigation, session } = useWorkspace();
  const attempt = useAttempt();
  const { salonId, activity } = folder;
  switch (activity.state) {
    case 'guarded':
      return (
        <Button onPress={() => navigation.ask({ kind: 'guard', salonId })}>{t('files:guard.decide')}</Button>
      );
    case 'paused':
      return activity.reason === 'person' ? (
        <Button onPress={() => void attempt(folders.resume())}>{t('files:resume')}</Button>
      ) : (
        <Button onPress={() => void attempt(folders.overrulePause())}>{t('files:syncAnyway')}</Button>
      );
    case 'failed':
    case 'offline':
      return <Button onPress={() => void attempt(folders.retry(salonId, null))}>{t('common:retry')}</Button>;
    case 'signed-out':
      return <Button onPress={() => session.askToSignIn('files')}>{t('salons:folder.connect')}</Button>;
    case 'starting':
    case 'scanning':
    case 'syncing':
    case 'up-to-date':
    case 'maintenance':
    case 'gone':
      return null;
  }
}
