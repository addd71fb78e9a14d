import { useEffect, useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useSelected, useStore } from '../../ui/store.ts';
import { useWorkspace } from '../stores/workspace-context.tsx';
import { useAttempt } from '../use-attempt.ts';

/** A short loss of the server is not worth a word. */
const PATIENCE_MS = 4000;

/** Above the list: that the server is away, the session ended, or old messages wait for the recovery code. */
export function ConnectionNotice() {
  const { t } = useWords();
  const { chat, account, session } = useWorkspace();
  const connection = useSelected(chat.list, (list) => list?.connection ?? 'connecting');
  const protection = useStore(chat.protection);
  const access = useSelected(account, (state) => state.chat.status);
  const slow = useSlow(connection === 'connecting' || connection === 'cached');
  if (access === 'none') return <NotConnected />;
  if (access === 'expired' || connection === 'signed-out') {
    return (
      <Notice
        tone="warn"
        role="status"
        className="list-notice"
        title={t('salons:expired.title')}
        actions={<Button onPress={() => session.askToSignIn('chat')}>{t('salons:expired.action')}</Button>}
      >
        <p>{t('salons:expired.text')}</p>
      </Notice>
    );
  }
  if (connection === 'offline') return <Offline />;
  if (slow)
    return <Notice tone="busy" role="status" className="list-notice" title={t('salons:connecting')} />;
  if (protection.state !== 'needs-code' && protection.state !== 'needs-setup') return null;
  return (
    <Notice
      tone="info"
      className="list-notice"
      title={t(`salons:protection.${protection.state}.title`)}
      actions={
        <Button onPress={() => session.askForCode()}>
          {t(`salons:protection.${protection.state}.action`)}
        </Button>
      }
    >
      <p>{t(`salons:protection.${protection.state}.text`)}</p>
    </Notice>
  );
}

/** The server is not heard: why, as far as it is known, and that nothing is lost. */
function Offline() {
  const { t } = useWords();
  const { bridge, network, account } = useWorkspace();
  const attempt = useAttempt();
  const reach = useStore(network.reach);
  const host = useSelected(account, ({ chat }) =>
    chat.status === 'none' ? null : new URL(chat.serverUrl).host,
  );
  const why = reach === 'silent' || reach === 'stranger' ? reach : 'network';
  // What stands in the way shows itself to a browser that asks in clear.
  const show = () => void attempt(bridge.app.openLink({ url: `http://${host}/` }));
  return (
    <Notice
      tone="wait"
      role="status"
      className="list-notice"
      title={t(`salons:offline.${why}.title`)}
      {...(why === 'stranger' &&
        host !== null && { actions: <Button onPress={show}>{t('salons:offline.stranger.action')}</Button> })}
    >
      <p>{t(`salons:offline.${why}.text`)}</p>
    </Notice>
  );
}

/** The person went on with their files alone. */
function NotConnected() {
  const { t } = useWords();
  const { session } = useWorkspace();
  return (
    <Notice
      tone="info"
      className="list-notice"
      title={t('signin:reminder.title')}
      actions={<Button onPress={() => session.askToSignIn('chat')}>{t('signin:reminder.action')}</Button>}
    >
      <p>{t('signin:reminder.text')}</p>
    </Notice>
  );
}

/** True once something has been waited for longer than a moment. */
function useSlow(waiting: boolean): boolean {
  const [slowSince, setSlowSince] = useState<boolean | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSlowSince(waiting), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [waiting]);
  return waiting && slowSince === true;
}
