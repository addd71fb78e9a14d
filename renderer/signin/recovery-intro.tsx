import { type FormEvent, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { PasswordField } from '../ui/field.tsx';
import { KeyIcon, MonitorIcon, ShieldCheckIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import { DoorHeading } from './door.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import type { RecoveryModel } from './recovery-model.ts';

/** What the code is for, before it is made. */
export function RecoveryIntro({ model }: { readonly model: RecoveryModel }) {
  const { t } = useWords();
  const { need, busy, problem } = useStore(model.state);
  return (
    <div className="door-field">
      <DoorHeading focused>
        {t(need === 'new-code' ? 'signin:code.title.new' : 'signin:code.title.first')}
      </DoorHeading>
      <ul className="door-steps">
        <li className="door-step">
          <ShieldCheckIcon size={22} aria-hidden />
          <span>{t('signin:code.protected')}</span>
        </li>
        <li className="door-step">
          <MonitorIcon size={22} aria-hidden />
          <span>{t('signin:code.other')}</span>
        </li>
        <li className="door-step">
          <KeyIcon size={22} aria-hidden />
          <span>{t(need === 'new-code' ? 'signin:code.replaces' : 'signin:code.nobody')}</span>
        </li>
      </ul>
      {problem && <ProblemNotice error={problem} />}
      <div className="door-actions">
        <Button tone="primary" large isPending={busy} onPress={() => void model.create()}>
          {t(busy ? 'signin:code.making' : problem ? 'common:retry' : 'signin:code.make')}
        </Button>
        <Later why={need === 'new-code' ? null : t('signin:code.later')} />
      </div>
    </div>
  );
}

/** The way past it, with what that means. */
export function Later({ why }: { readonly why: string | null }) {
  const { t } = useWords();
  const { session } = useWorkspace();
  return (
    <>
      <Button tone="quiet" onPress={session.inside}>
        {t(why === null ? 'common:cancel' : 'common:later')}
      </Button>
      {why !== null && <p className="door-aside">{why}</p>}
    </>
  );
}

/** The chat server wants to be sure who asks. */
export function RecoveryPassword({ model }: { readonly model: RecoveryModel }) {
  const { t } = useWords();
  const { busy, problem } = useStore(model.state);
  const [password, setPassword] = useState('');
  const wrong = problem?.code === 'password-needed';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void model.create({ password });
  };
  return (
    <form className="door-field" onSubmit={submit} aria-busy={busy} noValidate>
      <DoorHeading>{t('signin:code.password.title')}</DoorHeading>
      <p className="door-text">{t('signin:code.password.text')}</p>
      <PasswordField
        label={t('signin:password.label')}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        error={wrong ? t('signin:code.password.wrong') : null}
        focusFirst
      />
      {problem && !wrong && <ProblemNotice error={problem} />}
      <div className="door-actions">
        <Button tone="primary" large type="submit" isPending={busy}>
          {t(busy ? 'signin:code.making' : 'common:continue')}
        </Button>
        <Later why={t('signin:code.later')} />
      </div>
    </form>
  );
}
