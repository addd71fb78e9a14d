import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { ArrowLeftIcon } from '../ui/icons.ts';
import { Notice } from '../ui/notice.tsx';
import { useStore } from '../ui/store.ts';
import { DoorHeading } from './door.tsx';
import { HelpLink } from './help-link.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import type { SignInModel } from './sign-in-model.ts';
import type { Screen } from './sign-in-state.ts';

interface Props {
  readonly model: SignInModel;
  readonly why: Extract<Screen, { at: 'no-chat' }>['why'];
}

/** The conversations can't be had now, or not this way: why, and what can be done all the same. */
export function NoChat({ model, why }: Props) {
  const { t } = useWords();
  const { problem, files, busy } = useStore(model.state);
  return (
    <div className="door-field">
      <DoorHeading focused>{t('signin:noChat.title')}</DoorHeading>
      {problem && <ProblemNotice error={problem} />}
      {why === 'unsupported' && (
        <Notice tone="info" title={t('signin:noChat.unsupported.title')}>
          <p>{t('signin:noChat.unsupported.text')}</p>
        </Notice>
      )}
      <div className="door-actions">
        {why === 'failed' && (
          <Button tone="primary" large isPending={busy} onPress={() => void model.discover()}>
            {busy ? t('signin:address.busy') : t('common:retry')}
          </Button>
        )}
        {files?.found && (
          <Button large tone={why === 'failed' ? 'plain' : 'primary'} onPress={model.skipChat}>
            {t('signin:noChat.filesOnly')}
          </Button>
        )}
        <Button tone="quiet" icon={ArrowLeftIcon} onPress={model.changeAddress}>
          {t('signin:changeAddress')}
        </Button>
      </div>
      <HelpLink />
    </div>
  );
}
