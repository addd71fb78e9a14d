import { useWords } from '../i18n/index.ts';
import { addressOf } from '../ui/address.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useStore } from '../ui/store.ts';
import { DoorHeading } from './door.tsx';
import type { SignInModel } from './sign-in-model.ts';

/** Who came back from the browser is called otherwise than was typed: an agent's number, or a colleague whose browser it is. */
export function SomeoneElse({ model, user }: { readonly model: SignInModel; readonly user: string }) {
  const { t } = useWords();
  const { address, busy, goal } = useStore(model.state);
  return (
    <div className="door-field" aria-busy={busy}>
      <DoorHeading focused>{t('signin:browser.someone.title')}</DoorHeading>
      <div className="door-who">
        <div className="door-who-words">
          <p className="door-who-name">{addressOf(user)}</p>
          <p className="secondary">{t('signin:browser.someone.text', { address })}</p>
        </div>
      </div>
      {goal === 'all' && (
        <Notice tone="info" title={t('signin:browser.someone.ask')}>
          <p>{t('signin:browser.someone.leave')}</p>
        </Notice>
      )}
      <div className="door-actions">
        <Button tone="primary" large onPress={model.goOn}>
          {t('common:continue')}
        </Button>
        {goal === 'all' && (
          <Button tone="quiet" isPending={busy} onPress={() => void model.notMe()}>
            {t('signin:browser.someone.notMe')}
          </Button>
        )}
      </div>
    </div>
  );
}
