import { type FormEvent, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { ArrowLeftIcon } from '../ui/icons.ts';
import { Notice } from '../ui/notice.tsx';
import { useStore } from '../ui/store.ts';
import { DoorHeading } from './door.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { Later } from './recovery-intro.tsx';
import type { RecoveryModel } from './recovery-model.ts';
import './recovery.css';

/** The code of another device, typed or pasted. */
export function EnterCode({ model }: { readonly model: RecoveryModel }) {
  const { t } = useWords();
  const { busy, problem } = useStore(model.state);
  const [code, setCode] = useState('');
  const wrong = problem?.code === 'wrong-code';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void model.restore(code);
  };
  return (
    <form className="door-field" onSubmit={submit} aria-busy={busy} noValidate>
      <DoorHeading>{t('signin:entry.title')}</DoorHeading>
      <p className="door-text">{t('signin:entry.text')}</p>
      <TextField
        className="code-field"
        label={t('signin:code.label')}
        hint={t('signin:entry.hint')}
        value={code}
        onChange={setCode}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        error={wrong ? t('signin:entry.wrong') : null}
        focusFirst
      />
      {problem && !wrong && <ProblemNotice error={problem} />}
      <div className="door-actions">
        <Button tone="primary" large type="submit" isPending={busy}>
          {t(busy ? 'signin:entry.reading' : 'signin:entry.use')}
        </Button>
        <Button tone="quiet" onPress={model.lost}>
          {t('signin:entry.lost')}
        </Button>
        <Later why={t('signin:entry.later')} />
      </div>
    </form>
  );
}

/** The code is lost: another device is the better way, a new code loses what only the old one opens. */
export function LostCode({ model }: { readonly model: RecoveryModel }) {
  const { t } = useWords();
  const { busy, problem } = useStore(model.state);
  return (
    <div className="door-field">
      <DoorHeading focused>{t('signin:lost.title')}</DoorHeading>
      <p className="door-text">{t('signin:lost.other')}</p>
      <Notice tone="warn" title={t('signin:lost.warning')}>
        <p>{t('signin:lost.text')}</p>
      </Notice>
      {problem && <ProblemNotice error={problem} />}
      <div className="door-actions">
        <Button tone="primary" large icon={ArrowLeftIcon} onPress={model.foundAgain}>
          {t('signin:lost.back')}
        </Button>
        <Button large isPending={busy} onPress={() => void model.create()}>
          {t(busy ? 'signin:code.making' : 'signin:lost.make')}
        </Button>
      </div>
    </div>
  );
}
