import { type FormEvent, useEffect, useRef, useState } from 'react';
import { errorWords } from '../i18n/error-words.ts';
import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { PasswordField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useStore } from '../ui/store.ts';
import { DoorHeading } from './door.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import type { SignInModel } from './sign-in-model.ts';
import type { ChatTarget } from './sign-in-state.ts';

/** The password of the conversations. */
export function PasswordForm({ model, chat }: { readonly model: SignInModel; readonly chat: ChatTarget }) {
  const words = useWords();
  const { t } = words;
  const { goal, busy, problem } = useStore(model.state);
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
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
      <DoorHeading>{t(`signin:password.title.${goal}`)}</DoorHeading>
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
      {problem && !wrong && <ProblemNotice error={problem} />}
      <FilesAway model={model} />
      <Button tone="primary" large type="submit" isPending={busy}>
        {busy ? t('signin:password.busy') : problem ? t('common:retry') : t('signin:password.submit')}
      </Button>
    </form>
  );
}

/** Whom one signs in as, and where; the first time it can be changed. */
function Who({ model, chat }: { readonly model: SignInModel; readonly chat: ChatTarget }) {
  const { t } = useWords();
  const { address, goal } = useStore(model.state);
  return (
    <div className="door-who">
      <div className="door-who-words">
        <p className="door-who-name cut">{address}</p>
        <p className="secondary cut">{t('signin:password.where', { host: hostOf(chat.serverUrl) })}</p>
      </div>
      {goal !== 'chat' && (
        <Button tone="quiet" aria-label={t('signin:changeAddress')} onPress={model.changeAddress}>
          {t('signin:change')}
        </Button>
      )}
    </div>
  );
}

/** The files can't be had now: said before, so that nobody waits for them. */
function FilesAway({ model }: { readonly model: SignInModel }) {
  const words = useWords();
  const { files } = useStore(model.state);
  if (!files || files.found || files.error.code === 'not-found') return null;
  return (
    <Notice tone="wait" title={errorWords({ from: 'main', error: files.error }, words).title}>
      <p>{words.t('signin:filesLater')}</p>
    </Notice>
  );
}

/** The part of an address that a person knows a server by. */
export function hostOf(serverUrl: string): string {
  return new URL(serverUrl).host;
}
