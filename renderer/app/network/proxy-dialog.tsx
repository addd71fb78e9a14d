import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { NetworkQuestion } from '../../../preload/contract/network.ts';
import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { PasswordField, TextField } from '../../ui/field.tsx';
import { SwitchRow } from '../../ui/switch-row.tsx';

interface Props {
  readonly question: Extract<NetworkQuestion, { kind: 'proxy' | 'server' }>;
}

/** The organisation's proxy, or a server that it lets ask, wants to know who is there. */
export function ProxyDialog({ question }: Props) {
  const { t } = useWords();
  const words = useDialogWords(question);
  const mayRemember = mayBeKept(question);
  const { user, setUser, userField, password, setPassword, remember, setRemember, ...answer } =
    useAnswer(question);
  const { busy, missing, leave, submit } = answer;
  const passwordField = useRef<HTMLInputElement>(null);
  const first = question.user === '' ? userField : passwordField;
  useEffect(() => first.current?.focus(), [first]);
  return (
    <Dialog title={words.title} subtitle={words.subtitle} onClose={leave} width={480}>
      <form className="network-form" onSubmit={submit} aria-busy={busy} noValidate>
        <p>{words.text}</p>
        <TextField
          label={t('app:proxy.user')}
          value={user}
          onChange={setUser}
          autoComplete="off"
          spellCheck={false}
          maxLength={500}
          error={missing ? t('app:proxy.userMissing') : null}
          inputRef={userField}
        />
        <PasswordField
          label={words.password}
          value={password}
          onChange={setPassword}
          autoComplete="off"
          maxLength={4000}
          error={question.wasRefused && password === '' ? words.refused : null}
          inputRef={passwordField}
        />
        {mayRemember && (
          <SwitchRow
            label={t('app:proxy.remember')}
            hint={t('app:proxy.rememberHint')}
            selected={remember}
            onChange={setRemember}
          />
        )}
        <DialogActions>
          <Button onPress={leave}>{t('app:proxy.later')}</Button>
          <Button tone="primary" type="submit" isPending={busy}>
            {t('app:proxy.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** Who asks, and what for. */
function useDialogWords(question: Props['question']) {
  const { t } = useWords();
  const { kind, realm } = question;
  if (kind === 'server') {
    return {
      title: t('app:serverLogin.title', { host: question.host }),
      subtitle: realm,
      text: t('app:serverLogin.text'),
      password: t('app:serverLogin.password'),
      refused: t('app:serverLogin.refused'),
    };
  }
  const { proxy } = question;
  return {
    title: t('app:proxy.title'),
    subtitle: t('app:proxy.where', { proxy: realm === '' ? proxy : `${realm} (${proxy})` }),
    text: t('app:proxy.text'),
    password: t('app:proxy.password'),
    refused: t('app:proxy.refused'),
  };
}

/** A password for a server is for this time only. */
function mayBeKept(question: Props['question']): boolean {
  return question.kind === 'proxy' && question.mayRemember;
}

/** What the person types, and the two ways out. */
function useAnswer(question: Props['question']) {
  const { id, user: before } = question;
  const { network } = useWorkspace();
  const [user, setUser] = useState(before);
  const userField = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(mayBeKept(question));
  const [step, setStep] = useState<'typing' | 'incomplete' | 'sent'>('typing');
  const leave = () => void network.answerProxy(id, null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setStep(user === '' ? 'incomplete' : 'sent');
    if (user === '') userField.current?.focus();
    else void network.answerProxy(id, { user, password, remember });
  };
  const missing = step === 'incomplete' && user === '';
  const busy = step === 'sent';
  return {
    user,
    setUser,
    userField,
    password,
    setPassword,
    remember,
    setRemember,
    busy,
    missing,
    leave,
    submit,
  };
}
