import { useWords } from '../i18n/index.ts';
import type { Protection } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { StateIcon, type Tone } from '../ui/notice.tsx';
import { useSelected, useStore } from '../ui/store.ts';
import { Row, Section } from './section.tsx';

const TONES: Readonly<Record<Protection['state'], Tone>> = {
  checking: 'wait',
  'needs-setup': 'warn',
  'needs-code': 'warn',
  ready: 'ok',
};

/** Whether one's messages can be read on this PC and would survive it, and the recovery code. */
export function ProtectionSection() {
  const { t } = useWords();
  const { account, chat, session } = useWorkspace();
  const signedIn = useSelected(account, (state) => state.chat.status === 'signed-in');
  const { state } = useStore(chat.protection);
  if (!signedIn) return null;
  return (
    <Section title={t('settings:protection.title')}>
      <Row
        icon={<StateIcon tone={TONES[state]} size={22} />}
        title={t(`settings:protection.${state}.title`)}
        hint={t(`settings:protection.${state}.text`)}
        actions={
          state !== 'checking' && (
            <Button tone={state === 'ready' ? 'plain' : 'primary'} onPress={session.askForCode}>
              {t(`settings:protection.${state}.action`)}
            </Button>
          )
        }
      />
    </Section>
  );
}
