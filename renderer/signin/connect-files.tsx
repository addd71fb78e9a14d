import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { ArrowSquareOutIcon } from '../ui/icons.ts';
import { Notice } from '../ui/notice.tsx';
import { useStore } from '../ui/store.ts';
import { DoorHeading } from './door.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import type { SignInModel } from './sign-in-model.ts';
import { hostOf } from './who.tsx';

interface Props {
  readonly model: SignInModel;
  readonly serverUrl: string;
  readonly waiting: boolean;
}

/** The files, by a page in the system's browser; goes on by itself once access was granted there. */
export function ConnectFiles({ model, serverUrl, waiting }: Props) {
  const { t } = useWords();
  const { goal, problem } = useStore(model.state);
  return (
    <div className="door-field">
      <DoorHeading focused key={String(waiting)}>
        {t(waiting ? 'signin:files.waiting.title' : 'signin:files.title')}
      </DoorHeading>
      <p className="door-text">
        {t(waiting ? 'signin:files.waiting.text' : 'signin:files.text', { host: hostOf(serverUrl) })}
      </p>
      {problem && <ProblemNotice error={problem} />}
      {waiting ? <Waiting model={model} /> : <Begin model={model} />}
      {goal !== 'files' && (
        <Button tone="quiet" onPress={model.skipFiles}>
          {t('signin:files.skip')}
        </Button>
      )}
    </div>
  );
}

function Begin({ model }: { readonly model: SignInModel }) {
  const { t } = useWords();
  const { busy, problem } = useStore(model.state);
  return (
    <Button
      tone="primary"
      large
      icon={ArrowSquareOutIcon}
      isPending={busy}
      onPress={() => void model.connectFiles()}
    >
      {problem ? t('common:retry') : t('signin:files.open')}
    </Button>
  );
}

function Waiting({ model }: { readonly model: SignInModel }) {
  const { t } = useWords();
  return (
    <>
      <Notice tone="busy" role="status" title={t('signin:files.waiting.status')}>
        <p>{t('signin:files.waiting.next')}</p>
      </Notice>
      <div className="door-actions">
        <Button large icon={ArrowSquareOutIcon} onPress={() => void model.reopenPage()}>
          {t('signin:files.reopen')}
        </Button>
        <Button tone="quiet" onPress={model.cancelFiles}>
          {t('common:cancel')}
        </Button>
      </div>
    </>
  );
}
