import { type FormEvent, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { PasswordField } from '../ui/field.tsx';
import type { SignInModel, SignInStep } from './sign-in-model.ts';
import { WhoIs } from './who-is.tsx';

interface Props {
  readonly model: SignInModel;
  readonly now: Extract<SignInStep, { step: 'password' }>;
}

/** The chat's password. */
export function PasswordStep({ model, now }: Props) {
  const { t } = useWords();
  const { bridge } = useWorkspace();
  const [password, setPassword] = useState('');
  const wrong = now.error?.code === 'wrong-password';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!now.busy && password !== '') void model.signIn(password);
  };
  return (
    <form className="entrance-step" onSubmit={submit} noValidate>
      <h1>{t('signin:password.title')}</h1>
      <WhoIs
        user={now.offer.user}
        serverUrl={now.offer.serverUrl}
        onChange={now.files ? model.backToAddress : null}
      />
      <PasswordField
        label={t('signin:password.label')}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        maxLength={4000}
        focusFirst
        error={
          wrong ? `${t('errors:wrong-password.chat.title')}. ${t('errors:wrong-password.chat.action')}` : null
        }
      />
      {now.error && !wrong && (
        <ErrorNotice
          problem={{ from: 'main', error: now.error }}
          onCopy={(details) => void bridge.app.copyText({ text: details })}
        />
      )}
      <Button tone="primary" large type="submit" isPending={now.busy} isDisabled={password === ''}>
        {now.busy ? t('signin:password.checking') : t('signin:password.submit')}
      </Button>
      {now.files?.found && <p className="entrance-foot">{t('signin:password.then')}</p>}
    </form>
  );
}
