import { type FormEvent, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import type { CommandError } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextField } from '../ui/field.tsx';

/** Another device: the code opens the history; without it, what that means. */
export function CodeEntry() {
  const { t } = useWords();
  const { chat, session, toasts } = useWorkspace();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);
  const [leaving, setLeaving] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || code.trim() === '') return;
    setBusy(true);
    const outcome = await chat.run('useRecoveryCode', { code: code.trim() });
    setBusy(false);
    if (!outcome.ok) return setError(outcome.error);
    const { restored } = outcome.value;
    toasts.show('ok', (words) => words.t('signin:entry.done', { count: restored }));
    session.inside();
  };
  const wrong = error?.code === 'wrong-code';
  return (
    <form className="entrance-step" onSubmit={(event) => void submit(event)}>
      <h1>{t('signin:entry.title')}</h1>
      <p>{t('signin:entry.text')}</p>
      <TextField
        label={t('signin:code.label')}
        hint={t('signin:entry.hint')}
        value={code}
        onChange={setCode}
        autoComplete="off"
        spellCheck={false}
        focusFirst
        className="code-field"
        error={
          wrong ? `${t('errors:command.wrong-code.title')}. ${t('errors:command.wrong-code.action')}` : null
        }
      />
      {error && !wrong && <ErrorNotice problem={{ from: 'chat', error }} />}
      <Button tone="primary" large type="submit" isPending={busy} isDisabled={code.trim() === ''}>
        {busy ? t('signin:entry.reading') : t('signin:entry.use')}
      </Button>
      <Button tone="quiet" onPress={() => setLeaving(true)}>
        {t('common:later')}
      </Button>
      {leaving && <WithoutCode onClose={() => setLeaving(false)} onGo={session.inside} />}
    </form>
  );
}

function WithoutCode({ onClose, onGo }: { readonly onClose: () => void; readonly onGo: () => void }) {
  const { t } = useWords();
  return (
    <Dialog title={t('signin:without.title')} onClose={onClose} width={480}>
      <p>{t('signin:without.text')}</p>
      <p>{t('signin:without.later')}</p>
      <DialogActions>
        <Button onPress={onGo}>{t('signin:without.go')}</Button>
        <Button tone="primary" onPress={onClose}>
          {t('signin:without.back')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
