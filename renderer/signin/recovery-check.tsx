import { type FormEvent, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { ArrowLeftIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import { DoorHeading } from './door.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { Later } from './recovery-intro.tsx';
import type { RecoveryModel } from './recovery-model.ts';
import { groupsOf } from './recovery-state.ts';
import './recovery.css';

interface Props {
  readonly model: RecoveryModel;
  readonly code: string;
  /** Which group, counted from 1. */
  readonly group: number;
}

/** One group of the code is asked back: it was kept. */
export function CheckCode({ model, code, group }: Props) {
  const { t } = useWords();
  const { busy, problem } = useStore(model.state);
  const [typed, setTyped] = useState('');
  const wrong = problem?.code === 'wrong-code';
  const count = groupsOf(code).length;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void model.confirm(typed);
  };
  return (
    <form className="door-field" onSubmit={submit} aria-busy={busy} noValidate>
      <DoorHeading>{t('signin:code.checkTitle')}</DoorHeading>
      <p className="door-text">{t('signin:code.checkText', { ordinal: group, count })}</p>
      <TextField
        className="code-field"
        label={t('signin:code.group', { ordinal: group })}
        value={typed}
        onChange={setTyped}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        error={wrong ? t('signin:code.wrongGroup') : null}
        focusFirst
      />
      {problem && !wrong && <ProblemNotice error={problem} />}
      <div className="door-actions">
        <Button tone="primary" large type="submit" isPending={busy}>
          {t(busy ? 'signin:code.checking' : 'signin:code.finish')}
        </Button>
        <Button tone="quiet" icon={ArrowLeftIcon} onPress={model.lookAgain}>
          {t('signin:code.seeAgain')}
        </Button>
        <Later why={t('signin:code.later')} />
      </div>
    </form>
  );
}
