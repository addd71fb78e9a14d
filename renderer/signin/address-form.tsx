import { type FormEvent, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useBrand } from '../salons/use-brand.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { useSelected, useStore } from '../ui/store.ts';
import { DoorHeading } from './door.tsx';
import { HelpLink } from './help-link.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import type { SignInModel } from './sign-in-model.ts';

/** The one field everyone fills. */
export function AddressForm({ model }: { readonly model: SignInModel }) {
  const { t } = useWords();
  const { productName } = useBrand();
  const { accounts } = useWorkspace();
  const isOneMore = useSelected(accounts.list, (list) => list.accounts.length > 0);
  const { address, busy, problem, goal } = useStore(model.state);
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(address.trim() === '');
    void model.discover();
  };
  return (
    <form className="door-field" onSubmit={submit} aria-busy={busy} noValidate>
      <DoorHeading>
        {t(`signin:address.title.${goal === 'all' && isOneMore ? 'add' : goal}`, { productName })}
      </DoorHeading>
      <TextField
        label={t('signin:address.label')}
        value={address}
        onChange={model.type}
        autoComplete="username"
        placeholder={t('signin:address.example')}
        spellCheck={false}
        maxLength={320}
        error={missing && address.trim() === '' ? t('signin:address.missing') : null}
        focusFirst
      />
      {problem && <ProblemNotice error={problem} />}
      <Button tone="primary" large type="submit" isPending={busy}>
        {busy ? t('signin:address.busy') : problem ? t('common:retry') : t('common:continue')}
      </Button>
      <p className="door-aside">{t('signin:address.hint')}</p>
      <HelpLink />
    </form>
  );
}
