import { useEffect, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import type { RecoveryNeed } from '../salons/stores/session.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useStore } from '../ui/store.ts';
import { Door } from './door.tsx';
import { ApproveCode } from './recovery-approve.tsx';
import { CheckCode } from './recovery-check.tsx';
import { EnterCode, LostCode } from './recovery-enter.tsx';
import { RecoveryIntro, RecoveryPassword } from './recovery-intro.tsx';
import { RecoveryModel } from './recovery-model.ts';
import { ShownCode } from './recovery-shown.tsx';

/** The recovery code: made and kept on a first device, typed on the next ones. */
export function RecoveryPage({ need }: { readonly need: RecoveryNeed }) {
  const { bridge, chat, session } = useWorkspace();
  const [model] = useState(
    () =>
      new RecoveryModel({
        need,
        run: chat.run,
        createCode: session.createCode,
        approve: bridge.accounts.approve,
        random: Math.random,
      }),
  );
  return (
    <Door>
      <CurrentScreen model={model} />
    </Door>
  );
}

function CurrentScreen({ model }: { readonly model: RecoveryModel }) {
  const { screen } = useStore(model.state);
  switch (screen.at) {
    case 'intro':
      return <RecoveryIntro model={model} />;
    case 'password':
      return <RecoveryPassword model={model} />;
    case 'browser':
      return <ApproveCode model={model} opened={screen.opened} />;
    case 'shown':
      return <ShownCode model={model} code={screen.code} />;
    case 'check':
      return <CheckCode model={model} code={screen.code} group={screen.group} />;
    case 'enter':
      return <EnterCode model={model} />;
    case 'lost':
      return <LostCode model={model} />;
    case 'done':
      return <Leave how={screen.how} />;
  }
}

/** On to the salons, with a word of what was done. */
function Leave({ how }: { readonly how: 'kept' | 'restored' }) {
  const { session, toasts } = useWorkspace();
  const { t } = useWords();
  useEffect(() => {
    toasts.show('ok', ({ t: say }) => (how === 'kept' ? say('signin:code.done') : say('signin:entry.done')));
    session.inside();
  }, [session, toasts, how]);
  return <p role="status">{t('signin:preparing.title')}</p>;
}
