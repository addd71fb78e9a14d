import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Notice } from '../ui/notice.tsx';
import type { SignInModel, SignInStep } from './sign-in-model.ts';
import { WhoIs } from './who-is.tsx';

interface Props<S extends SignInStep['step']> {
  readonly model: SignInModel;
  readonly now: Extract<SignInStep, { step: S }>;
}

/** The chat can't be had: the files alone, or once more. */
export function ChatAwayStep({ model, now }: Props<'chat-away'>) {
  const { t } = useWords();
  const { bridge } = useWorkspace();
  return (
    <div className="entrance-step">
      <h1>{t('signin:chatAway.title')}</h1>
      <ErrorNotice
        problem={{ from: 'main', error: now.error }}
        onCopy={(details) => void bridge.app.copyText({ text: details })}
      />
      <p>{t('signin:chatAway.text')}</p>
      <Button tone="primary" large onPress={model.filesOnly}>
        {t('signin:chatAway.files')}
      </Button>
      <Button large onPress={() => void model.find(model.address.get())}>
        {t('common:retry')}
      </Button>
      <Button tone="quiet" onPress={model.backToAddress}>
        {t('signin:otherAddress')}
      </Button>
    </div>
  );
}

/** The chat is connected, the files can't be had. */
export function FilesAwayStep({ model, now }: Props<'files-away'>) {
  const { t } = useWords();
  const { bridge } = useWorkspace();
  return (
    <div className="entrance-step">
      <h1>{t('signin:filesAway.title')}</h1>
      <Notice tone="ok" title={t('signin:files.chatIn')} />
      <ErrorNotice
        problem={{ from: 'main', error: now.error }}
        onCopy={(details) => void bridge.app.copyText({ text: details })}
      />
      <p>{t('signin:filesAway.text')}</p>
      <Button tone="primary" large onPress={model.skipFiles}>
        {t('signin:filesAway.go')}
      </Button>
    </div>
  );
}

/** The server takes no password: its single sign-on is named, and said to come, without a button that does nothing. */
export function NoPasswordStep({ model, now }: Props<'no-password'>) {
  const { t } = useWords();
  return (
    <div className="entrance-step">
      <h1>{t('signin:noPassword.title')}</h1>
      <WhoIs user={now.offer.user} serverUrl={now.offer.serverUrl} onChange={model.backToAddress} />
      <Notice
        tone="info"
        title={t(now.offer.singleSignOn ? 'signin:noPassword.single' : 'signin:noPassword.unknown')}
      >
        <p>{t('signin:noPassword.text')}</p>
      </Notice>
      {now.files?.found && (
        <Button tone="primary" large onPress={model.filesOnly}>
          {t('signin:chatAway.files')}
        </Button>
      )}
    </div>
  );
}
