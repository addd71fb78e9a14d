import type { FilesOverview } from '../../preload/contract/files.ts';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useAttempt } from '../salons/use-attempt.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** Little room is left on this PC: what waits for it, and what helps. */
export function LowRoomNotice({ room }: Pick<FilesOverview, 'room'>) {
  const { t, format } = useWords();
  const { folders, navigation } = useWorkspace();
  const attempt = useAttempt();
  if (room === null) return null;
  const { level, freeBytes } = room;
  return (
    <Notice
      tone="warn"
      title={t(`files:lowRoom.${level}.title`, { size: format.size(freeBytes) })}
      actions={
        <>
          <Button onPress={() => navigation.ask({ kind: 'free-space' })}>{t('files:act.free')}</Button>
          <Button onPress={() => void attempt(folders.dismissLowRoom())}>{t('files:lowRoom.read')}</Button>
        </>
      }
    >
      <p>{t(`files:lowRoom.${level}.text`)}</p>
    </Notice>
  );
}
