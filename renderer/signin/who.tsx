import type { ChatOffer } from '../../preload/contract/accounts.ts';
import { errorWords } from '../i18n/error-words.ts';
import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useStore } from '../ui/store.ts';
import type { SignInModel } from './sign-in-model.ts';

/** Whom one signs in as, and where; the first time it can be changed. */
export function Who({ model, chat }: { readonly model: SignInModel; readonly chat: ChatOffer }) {
  const { t } = useWords();
  const { address, goal } = useStore(model.state);
  return (
    <div className="door-who">
      <div className="door-who-words">
        <p className="door-who-name cut">{address}</p>
        <p className="secondary">{t('signin:password.where', { host: hostOf(chat.serverUrl) })}</p>
      </div>
      {goal !== 'chat' && (
        <Button tone="quiet" aria-label={t('signin:changeAddress')} onPress={model.changeAddress}>
          {t('signin:change')}
        </Button>
      )}
    </div>
  );
}

/** The files can't be had now: said before, so that nobody waits for them. */
export function FilesAway({ model }: { readonly model: SignInModel }) {
  const words = useWords();
  const { files } = useStore(model.state);
  if (!files || files.found || files.error.code === 'not-found') return null;
  return (
    <Notice tone="wait" title={errorWords({ from: 'main', error: files.error }, words).title}>
      <p>{words.t('signin:filesLater')}</p>
    </Notice>
  );
}

/** The part of an address that a person knows a server by. */
export function hostOf(serverUrl: string): string {
  return new URL(serverUrl).host;
}
