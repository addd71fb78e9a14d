import type { ChatOffer } from '../../preload/contract/accounts.ts';
import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { ArrowSquareOutIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import type { SignInModel } from './sign-in-model.ts';

interface Props {
  readonly model: SignInModel;
  readonly chat: ChatOffer;
  /** The one way that there is, not one beside a password. */
  readonly isFirst?: boolean;
}

/** The ways in by the system's browser, in the order of the server. */
export function BrowserButtons({ model, chat: { browser }, isFirst = false }: Props) {
  const { t } = useWords();
  const { busy } = useStore(model.state);
  const isOnly = isFirst && browser.length === 1;
  return (
    <div className="door-actions">
      {browser.map((provider) => (
        <Button
          key={provider.id}
          large
          tone={isOnly ? 'primary' : 'plain'}
          icon={ArrowSquareOutIcon}
          isPending={isOnly && busy}
          onPress={() => void model.openBrowser(provider)}
        >
          {provider.name === null
            ? t('signin:browser.open')
            : t('signin:browser.with', { name: provider.name })}
        </Button>
      ))}
    </div>
  );
}
