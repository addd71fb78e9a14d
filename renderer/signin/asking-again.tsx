import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { useStore } from '../ui/store.ts';
import { DoorHeading } from './door.tsx';
import { HelpLink } from './help-link.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import type { SignInModel } from './sign-in-model.ts';

/** Before a known account signs in again: its server is asked how, for that may have changed. */
export function AskingAgain({ model }: { readonly model: SignInModel }) {
  const { t } = useWords();
  const { goal, busy, problem } = useStore(model.state);
  return (
    <div className="door-field" aria-busy={busy}>
      <DoorHeading focused>{t(`signin:password.title.${goal}`)}</DoorHeading>
      {problem ? (
        <>
          <ProblemNotice error={problem} />
          <Button tone="primary" large isPending={busy} onPress={() => void model.askAgain()}>
            {t('common:retry')}
          </Button>
          <HelpLink />
        </>
      ) : (
        <p className="door-text" role="status">
          {t('signin:browser.asking')}
        </p>
      )}
    </div>
  );
}
