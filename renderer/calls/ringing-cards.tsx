import { useEffect } from 'react';
import { useWords } from '../i18n/index.ts';
import type { Ringing } from '../matrix/protocol.ts';
import { SalonAvatar } from '../salons/salon-avatar.tsx';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { showError } from '../salons/use-attempt.ts';
import { Button } from '../ui/button.tsx';
import { PhoneIcon } from '../ui/icons.ts';
import { useSelected, useStore } from '../ui/store.ts';
import { useRingTone } from './use-ring-tone.ts';
import './ringing.css';

/** Who calls now, over everything else; nothing while one does not want to be disturbed. */
export function RingingCards() {
  const { t } = useWords();
  const { calls, clock, preferences, announcer } = useWorkspace();
  const ringing = useStore(calls.ringing);
  const quiet = useSelected(preferences.view, () => preferences.doNotDisturb(clock.now()));
  const first = quiet ? undefined : ringing[0];
  const caller = first?.callerName;
  const salonName = first?.salonName;
  useRingTone(first !== undefined);
  useEffect(() => {
    if (caller !== undefined && salonName !== undefined)
      announcer.say(t('calls:ringing.announced', { caller, salon: salonName }), 'assertive');
  }, [announcer, caller, salonName, t]);
  if (quiet || ringing.length === 0) return null;
  return (
    <section className="rings" aria-label={t('calls:ringing.label')}>
      {ringing.map((ring) => (
        <RingingCard key={ring.ringId} ring={ring} />
      ))}
    </section>
  );
}

function RingingCard({ ring }: { readonly ring: Ringing }) {
  const { t } = useWords();
  const { calls, toasts } = useWorkspace();
  const accept = async () => {
    const problem = await calls.accept(ring);
    if (problem) showError(toasts, problem);
  };
  const there = ring.peopleThere > 0 ? t('calls:ringing.there', { count: ring.peopleThere }) : null;
  return (
    <div
      className="ring"
      role="alertdialog"
      aria-label={t('calls:ringing.title', { caller: ring.callerName })}
    >
      <div className="ring-who">
        <SalonAvatar salon={{ id: ring.salonId, name: ring.salonName, avatar: null }} size={48} />
        <div className="ring-words">
          <h2 className="cut">{t('calls:ringing.title', { caller: ring.callerName })}</h2>
          <p className="secondary cut">{[ring.salonName, there].filter(Boolean).join(' · ')}</p>
        </div>
      </div>
      <div className="ring-acts">
        <Button large onPress={() => calls.decline(ring)}>
          {t('calls:ringing.later')}
        </Button>
        <Button tone="ok" large icon={PhoneIcon} filled onPress={() => void accept()}>
          {t('calls:ringing.answer')}
        </Button>
      </div>
    </div>
  );
}
