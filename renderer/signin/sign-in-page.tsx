import { useEffect, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import type { SignInGoal } from '../salons/stores/session.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { addressOf } from '../ui/address.ts';
import { Button } from '../ui/button.tsx';
import { ArrowLeftIcon } from '../ui/icons.ts';
import { Notice } from '../ui/notice.tsx';
import { useSelected, useStore } from '../ui/store.ts';
import { AddressForm } from './address-form.tsx';
import { AskingAgain } from './asking-again.tsx';
import { BrowserSignIn } from './browser-sign-in.tsx';
import { ConnectFiles } from './connect-files.tsx';
import { Door } from './door.tsx';
import { NoChat } from './no-chat.tsx';
import { PasswordForm } from './password-form.tsx';
import { SignInModel } from './sign-in-model.ts';
import { SomeoneElse } from './someone-else.tsx';

/** The way in: one field, then only what the servers ask. */
export function SignInPage({ goal }: { readonly goal: SignInGoal }) {
  const { bridge, account, session } = useWorkspace();
  const [model] = useState(
    () =>
      new SignInModel({
        accounts: bridge.accounts,
        account: account.get(),
        onAccount: account.set,
        goal,
        onDone: session.entered,
        signOut: session.signOut,
      }),
  );
  useEffect(() => {
    model.start();
    return model.dispose;
  }, [model]);
  return (
    <Door>
      <CurrentScreen model={model} />
      <Keeping />
      {goal === 'all' ? <BackToAccounts /> : <BackInside />}
    </Door>
  );
}

function CurrentScreen({ model }: { readonly model: SignInModel }) {
  const { screen } = useStore(model.state);
  switch (screen.at) {
    case 'address':
      return <AddressForm model={model} />;
    case 'asking':
      return <AskingAgain model={model} />;
    case 'password':
      return <PasswordForm model={model} chat={screen.chat} />;
    case 'browser':
      return <BrowserSignIn model={model} chat={screen.chat} waiting={screen.waiting} />;
    case 'someone-else':
      return <SomeoneElse model={model} user={screen.user} />;
    case 'no-chat':
      return <NoChat model={model} why={screen.why} />;
    case 'files':
      return <ConnectFiles model={model} serverUrl={screen.serverUrl} waiting={screen.waiting} />;
    case 'done':
      return null;
  }
}

/** Said where this computer can't keep the session. */
function Keeping() {
  const { t } = useWords();
  const { account } = useWorkspace();
  const secrets = useSelected(account, (state) => state.secrets);
  if (secrets !== 'memory') return null;
  return (
    <Notice tone="info" title={t('signin:memory.title')}>
      <p>{t('signin:memory.text')}</p>
    </Notice>
  );
}

/** Who adds an account may change their mind; who signed out of one goes on in another. */
function BackToAccounts() {
  const { t } = useWords();
  const { accounts } = useWorkspace();
  const { accounts: all } = useStore(accounts.list);
  return all.map(({ id, name, user }) => (
    <Button key={id} tone="quiet" icon={ArrowLeftIcon} onPress={() => void accounts.show(id)}>
      {t('signin:backTo', { name: name ?? addressOf(user) })}
    </Button>
  ));
}

function BackInside() {
  const { t } = useWords();
  const { session } = useWorkspace();
  return (
    <Button tone="quiet" icon={ArrowLeftIcon} onPress={session.inside}>
      {t('signin:backInside')}
    </Button>
  );
}
