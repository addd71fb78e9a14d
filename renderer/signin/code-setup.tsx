import { type FormEvent, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import type { CommandError } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { PasswordField, TextField } from '../ui/field.tsx';
import { KeyIcon } from '../ui/icons.ts';
import { askedGroup, groupsOf, isGroup } from './code-groups.ts';
import { CodeToKeep } from './code-to-keep.tsx';

type Step =
  | {
      readonly step: 'explain';
      readonly busy: boolean;
      readonly error: CommandError | null;
      readonly askPassword: boolean;
    }
  | { readonly step: 'keep'; readonly groups: readonly string[] }
  | { readonly step: 'check'; readonly groups: readonly string[]; readonly asked: number };

/** The first device: why a code, the code to keep, and a check that it was kept. */
export function CodeSetup() {
  const { session } = useWorkspace();
  const [now, setNow] = useState<Step>({ step: 'explain', busy: false, error: null, askPassword: false });
  const create = async (password: string | null) => {
    setNow({ step: 'explain', busy: true, error: null, askPassword: password !== null });
    const outcome = await session.createCode(password);
    if (outcome.ok) return setNow({ step: 'keep', groups: groupsOf(outcome.value.code) });
    const { error } = outcome;
    const askPassword = error.code === 'password-needed' || password !== null;
    setNow({
      step: 'explain',
      busy: false,
      error: error.code === 'password-needed' ? null : error,
      askPassword,
    });
  };
  switch (now.step) {
    case 'explain':
      return <Explain now={now} onCreate={(password) => void create(password)} />;
    case 'keep':
      return (
        <CodeToKeep
          groups={now.groups}
          onKept={() => setNow({ ...now, step: 'check', asked: askedGroup(now.groups, Math.random()) })}
        />
      );
    case 'check':
      return <Check {...now} onBack={() => setNow({ step: 'keep', groups: now.groups })} />;
  }
}

interface ExplainProps {
  readonly now: Extract<Step, { step: 'explain' }>;
  readonly onCreate: (password: string | null) => void;
}

function Explain({ now, onCreate }: ExplainProps) {
  const { t } = useWords();
  const { session } = useWorkspace();
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!now.busy) onCreate(now.askPassword ? password : null);
  };
  return (
    <form className="entrance-step" onSubmit={submit}>
      <h1>{t('signin:code.title')}</h1>
      <p>{t('signin:code.why')}</p>
      <p>{t('signin:code.alone')}</p>
      {now.askPassword && (
        <PasswordField
          label={t('signin:password.label')}
          hint={t('signin:code.passwordAgain')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          focusFirst
        />
      )}
      {now.error && <ErrorNotice problem={{ from: 'chat', error: now.error }} />}
      <Button
        tone="primary"
        large
        icon={KeyIcon}
        type="submit"
        isPending={now.busy}
        isDisabled={now.askPassword && password === ''}
      >
        {now.busy ? t('signin:code.making') : t('signin:code.make')}
      </Button>
      {now.error && (
        <Button tone="quiet" onPress={session.inside}>
          {t('signin:code.doLater')}
        </Button>
      )}
    </form>
  );
}

interface CheckProps {
  readonly groups: readonly string[];
  readonly asked: number;
  readonly onBack: () => void;
}

function Check({ groups, asked, onBack }: CheckProps) {
  const { t } = useWords();
  const { chat, session, toasts } = useWorkspace();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);
  const submit = async () => {
    setError(null);
    setWrong(!isGroup(typed, groups, asked));
    if (!isGroup(typed, groups, asked)) return;
    const outcome = await chat.run('confirmRecoveryCode', { code: groups.join(' ') });
    if (!outcome.ok) return setError(outcome.error);
    toasts.show('ok', (words) => words.t('signin:code.done'));
    session.inside();
  };
  return (
    <form
      className="entrance-step"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h1>{t('signin:code.checkTitle')}</h1>
      <p>{t('signin:code.checkText', { ordinal: asked + 1, count: groups.length })}</p>
      <TextField
        label={t('signin:code.group', { ordinal: asked + 1 })}
        value={typed}
        onChange={setTyped}
        autoComplete="off"
        spellCheck={false}
        focusFirst
        error={wrong ? t('signin:code.wrongGroup') : null}
      />
      {error && <ErrorNotice problem={{ from: 'chat', error }} />}
      <Button tone="primary" large type="submit" isDisabled={typed.trim() === ''}>
        {t('signin:code.finish')}
      </Button>
      <Button tone="quiet" onPress={onBack}>
        {t('signin:code.seeAgain')}
      </Button>
    </form>
  );
}
