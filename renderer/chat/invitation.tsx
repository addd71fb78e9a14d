import { useState } from 'react';
import { useWords } from '../i18n/index.ts';
import type { CommandError, SalonSummary } from '../matrix/protocol.ts';
import { SalonAvatar } from '../salons/salon-avatar.tsx';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import './invitation.css';

/** A salon one is invited to: join, or say no. */
export function Invitation({ salon }: { readonly salon: SalonSummary }) {
  const { t } = useWords();
  const { chat, navigation } = useWorkspace();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);
  const answer = async (accept: boolean) => {
    setBusy(true);
    const { id: salonId } = salon;
    const outcome = await (accept ? chat.run('acceptInvite', { salonId }) : chat.run('leave', { salonId }));
    setBusy(false);
    setError(outcome.ok ? null : outcome.error);
    if (outcome.ok && !accept) navigation.closeSalon();
  };
  const inviter = salon.lastLine?.kind === 'invited' ? salon.lastLine.sender : null;
  return (
    <div className="invitation">
      <SalonAvatar salon={salon} size={72} />
      <h1>{salon.name}</h1>
      <p className="invitation-text">
        {inviter ? t('chat:invitation.by', { who: inviter }) : t('chat:invitation.text')}
      </p>
      {error && <ErrorNotice problem={{ from: 'chat', error }} />}
      <div className="invitation-actions">
        <Button isDisabled={busy} onPress={() => void answer(false)}>
          {t('chat:invitation.decline')}
        </Button>
        <Button tone="primary" isDisabled={busy} onPress={() => void answer(true)}>
          {t('chat:invitation.accept')}
        </Button>
      </div>
    </div>
  );
}
