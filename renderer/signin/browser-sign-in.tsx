import type { ChatOffer } from '../../preload/contract/accounts.ts';
import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { ArrowSquareOutIcon } from '../ui/icons.ts';
import { Notice } from '../ui/notice.tsx';
import { useStore } from '../ui/store.ts';
import { BrowserButtons } from './browser-buttons.tsx';
import { DoorHeading } from './door.tsx';
import type { SignInModel } from './sign-in-model.ts';
import { SignInProblem } from './sign-in-problem.tsx';
import { FilesAway, hostOf, Who } from './who.tsx';

interface Props {
  readonly model: SignInModel;
  readonly chat: ChatOffer;
  readonly waiting: boolean;
}

/** The conversations, by a page in the system's browser; goes on by itself once the person came back from it. */
export function BrowserSignIn({ model, chat, waiting }: Props) {
  return waiting ? <Waiting model={model} chat={chat} /> : <Offer model={model} chat={chat} />;
}

interface PartProps {
  readonly model: SignInModel;
  readonly chat: ChatOffer;
}

function Offer({ model, chat }: PartProps) {
  const { t } = useWords();
  const { goal, problem } = useStore(model.state);
  return (
    <div className="door-field">
      <DoorHeading focused>{t(`signin:browser.title.${goal}`)}</DoorHeading>
      <Who model={model} chat={chat} />
      <p className="door-text">{t('signin:browser.text', { host: hostOf(chat.serverUrl) })}</p>
      {problem && <SignInProblem error={problem} />}
      <FilesAway model={model} />
      <BrowserButtons model={model} chat={chat} isFirst />
    </div>
  );
}

function Waiting({ model, chat }: PartProps) {
  const { t } = useWords();
  return (
    <div className="door-field">
      <DoorHeading focused>{t('signin:browser.waiting.title')}</DoorHeading>
      <p className="door-text">{t('signin:browser.waiting.text', { host: hostOf(chat.serverUrl) })}</p>
      <Notice tone="busy" role="status" title={t('signin:browser.waiting.status')}>
        <p>{t('signin:browser.waiting.next')}</p>
      </Notice>
      <div className="door-actions">
        <Button large icon={ArrowSquareOutIcon} onPress={() => void model.reopenBrowser()}>
          {t('signin:browser.reopen')}
        </Button>
        <Button tone="quiet" onPress={model.cancelBrowser}>
          {t('common:cancel')}
        </Button>
      </div>
    </div>
  );
}
