import type { ContractError } from '../../preload/contract/channel.ts';
import { useWords } from '../i18n/index.ts';
import { addressOf } from '../ui/address.ts';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** What went wrong at the sign-in to the conversations; when somebody else signed in there, who it was. */
export function SignInProblem({ error }: { readonly error: ContractError }) {
  const { t } = useWords();
  if (error.messageKey !== 'errors:refused.person') return <ProblemNotice error={error} />;
  const { came = '', user = '' } = error.details;
  return (
    <Notice
      tone="bad"
      role="alert"
      title={t('signin:browser.other.title', { came: addressOf(String(came)) })}
    >
      <p>{t('signin:browser.other.text', { user: addressOf(String(user)) })}</p>
    </Notice>
  );
}
