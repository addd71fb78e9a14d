import { useEffect, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import type { SignInGoal } from '../salons/stores/session.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useStore } from '../ui/store.ts';
import { AddressStep } from './address-step.tsx';
import { Entrance } from './entrance.tsx';
import { FilesStep } from './files-step.tsx';
import { PasswordStep } from './password-step.tsx';
import { ChatAwayStep, FilesAwayStep, NoPasswordStep } from './service-away-steps.tsx';
import { SignInModel } from './sign-in-model.ts';

/** Signing in: one field first, then only what the servers ask. */
export function SignInPage({ goal }: { readonly goal: SignInGoal }) {
  const { t } = useWords();
  const { bridge, account, session } = useWorkspace();
  const [model] = useState(
    () => new SignInModel({ accounts: bridge.accounts, account, goal, onDone: session.entered }),
  );
  useEffect(() => model.connect(), [model]);
  return (
    <Entrance>
      <Step model={model} />
      <KeptInMemory />
      {goal !== 'all' && (
        <Button tone="quiet" onPress={session.inside}>
          {t('signin:backInside')}
        </Button>
      )}
    </Entrance>
  );
}

function Step({ model }: { readonly model: SignInModel }) {
  const now = useStore(model.state);
  switch (now.step) {
    case 'address':
      return <AddressStep model={model} now={now} />;
    case 'password':
      return <PasswordStep model={model} now={now} />;
    case 'no-password':
      return <NoPasswordStep model={model} now={now} />;
    case 'chat-away':
      return <ChatAwayStep model={model} now={now} />;
    case 'files':
      return <FilesStep model={model} now={now} />;
    case 'files-away':
      return <FilesAwayStep model={model} now={now} />;
  }
}

/** This computer has nowhere safe to keep the session: it ends with the program. */
function KeptInMemory() {
  const { t } = useWords();
  const { account } = useWorkspace();
  const { secrets } = useStore(account);
  if (secrets === 'system') return null;
  return (
    <Notice tone="info" title={t('signin:memory.title')}>
      <p>{t('signin:memory.text')}</p>
    </Notice>
  );
}
