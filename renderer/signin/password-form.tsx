import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ChatOffer } from '../../preload/contract/accounts.ts';
import { errorWords } from '../i18n/error-words.ts';
import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { PasswordField } from '../ui/field.tsx';
import { useStore } from '../ui/store.ts';
import { BrowserButtons } from './browser-buttons.tsx';
import { DoorHeading } from './door.tsx';
import type { SignInModel } from './sign-in-model.ts';
import { SignInProblem } from './sign-in-problem.tsx';
import { FilesAway, Who } from './who.tsx';

/** The password of the conversations. */
export function PasswordForm({ model, chat }: { readonly model: SignInModel; readonly chat: ChatOffer }) {
  const words = useWords();
  const { t } = words;
  const { goal, busy, problem } = useStore(model.state);
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const offersBrowser = goal === 'all' && chat.browser.length > 0;
  const wrong = problem?.code === 'wrong-password';
  useEffect(() => {
    if (problem) field.current?.select();
  }, [problem]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(password === '');
    void model.signIn(password);
  };
  const wrongWords = wrong ? errorWords({ from: 'main', error: problem }, words) : null;
  return (
    <form className="door-field" onSubmit={submit} aria-busy={busy} noValidate>
      <DoorHeading>{t(`signin:${offersBrowser ? 'address' : 'password'}.title.${goal}`)}</DoorHeading>
      <Who model={model} chat={chat} />
      <PasswordField
        label={t('signin:password.label')}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        maxLength={4000}
        error={
          missing && password === ''
            ? t('signin:password.missing')
            : wrongWords && `${wrongWords.title}. ${wrongWords.action}`
        }
        inputRef={field}
        focusFirst
      />
      {problem && !wrong && <SignInProblem error={problem} />}
      <FilesAway model={model} />
      <Button tone="primary" large type="submit" isPending={busy}>
        {busy ? t('signin:password.busy') : problem ? t('common:retry') : t('signin:password.submit')}
      </Button>
      {chat.browser.length > 0 && (
        <>
          <p className="door-or">{t('signin:browser.or')}</p>
          <BrowserButtons model={model} chat={chat} />
        </>
      )}
    </form>
  );
}
