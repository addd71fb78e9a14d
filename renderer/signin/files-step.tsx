import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ArrowSquareOutIcon } from '../ui/icons.ts';
import { Notice } from '../ui/notice.tsx';
import type { SignInModel, SignInStep } from './sign-in-model.ts';

interface Props {
  readonly model: SignInModel;
  readonly now: Extract<SignInStep, { step: 'files' }>;
}

/** The files' part: the person says yes on a page of their browser, and comes back. */
export function FilesStep({ model, now }: Props) {
  const { t } = useWords();
  const { bridge } = useWorkspace();
  const waiting = now.phase.is === 'waiting';
  return (
    <div className="entrance-step">
      <h1>{t('signin:files.title')}</h1>
      {now.chatIn && <Notice tone="ok" title={t('signin:files.chatIn')} />}
      <p>{t('signin:files.text')}</p>
      <p className="least">{new URL(now.serverUrl).host}</p>
      {waiting && (
        <Notice tone="busy" role="status" title={t('signin:files.waiting')}>
          <p>{t('signin:files.waitingText')}</p>
        </Notice>
      )}
      {now.phase.is === 'failed' && (
        <ErrorNotice
          problem={{ from: 'main', error: now.phase.error }}
          onCopy={(details) => void bridge.app.copyText({ text: details })}
        />
      )}
      <Button
        tone={waiting ? 'plain' : 'primary'}
        large
        icon={ArrowSquareOutIcon}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the act of this step
        autoFocus
        onPress={() => void model.openFilesPage()}
      >
        {t(waiting ? 'signin:files.reopen' : 'signin:files.open')}
      </Button>
      {waiting ? (
        <Button tone="quiet" onPress={model.cancelFiles}>
          {t('common:cancel')}
        </Button>
      ) : (
        <Button tone="quiet" onPress={model.skipFiles}>
          {t('signin:files.skip')}
        </Button>
      )}
    </div>
  );
}
