import { type FormEvent, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextField } from '../ui/field.tsx';
import type { SignInModel, SignInStep } from './sign-in-model.ts';

interface Props {
  readonly model: SignInModel;
  readonly now: Extract<SignInStep, { step: 'address' }>;
}

/** The one field: a professional address or a name. */
export function AddressStep({ model, now }: Props) {
  const { t } = useWords();
  const { bridge } = useWorkspace();
  const [address, setAddress] = useState(model.address.get);
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (now.busy) return;
    setMissing(address.trim() === '');
    if (address.trim() !== '') void model.find(address.trim());
  };
  return (
    <form className="entrance-step" onSubmit={submit} noValidate>
      <h1>{t('signin:title')}</h1>
      <TextField
        label={t('signin:address.label')}
        hint={t('signin:address.hint')}
        value={address}
        onChange={setAddress}
        autoComplete="username"
        spellCheck={false}
        maxLength={320}
        focusFirst
        error={missing ? t('signin:address.missing') : null}
      />
      {now.error && (
        <ErrorNotice
          problem={{ from: 'main', error: now.error }}
          onCopy={(details) => void bridge.app.copyText({ text: details })}
        />
      )}
      <Button tone="primary" large type="submit" isPending={now.busy}>
        {now.busy ? t('signin:address.finding') : t('common:continue')}
      </Button>
    </form>
  );
}
