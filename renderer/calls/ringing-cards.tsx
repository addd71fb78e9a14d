import { type FocusEvent, useEffect, useRef } from 'react';
import { useWords } from '../i18n/index.ts';
import type { Ringing } from '../matrix/protocol.ts';
import { SalonAvatar } from '../salons/salon-avatar.tsx';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { showError } from '../salons/use-attempt.ts';
import { useRinging } from '../salons/use-ringing.ts';
import { Button } from '../ui/button.tsx';
import { PhoneIcon } from '../ui/icons.ts';
import { useRingTone } from './use-ring-tone.ts';
import './ringing.css';

/**
 * Who calls now, over everything else, questions too; nothing while one does not want to be disturbed. F6 leads here
 * first, and what had the focus before has it again once the call is answered or put off.
 */
export function RingingCards() {
  const { t } = useWords();
  const { announcer } = useWorkspace();
  const ringing = useRinging();
  const newest = ringing.at(-1);
  const { callerName: caller, salonName: salon, ringId } = newest ?? {};
  useRingTone(newest !== undefined);
  useEffect(() => {
    if (ringId === undefined || caller === undefined || salon === undefined) return;
    announcer.say(t('calls:ringing.announced', { caller, salon }), 'assertive');
  }, [announcer, ringId, caller, salon, t]);
  const onFocus = useFocusGivenBack(ringing.length);
  if (ringing.length === 0) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only notes where the focus came from
    <section
      className="rings"
      aria-label={t('calls:ringing.label')}
      data-pane="first"
      // A question that is open neither hides it nor holds the focus back from it.
      data-react-aria-top-layer="true"
      onFocus={onFocus}
    >
      {ringing.map((ring) => (
        <RingingCard key={ring.ringId} ring={ring} />
      ))}
    </section>
  );
}

/** Gives the focus back to what had it before it came here, when the cards that have it go. */
function useFocusGivenBack(cards: number): (event: FocusEvent) => void {
  const before = useRef<HTMLElement | null>(null);
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a card went, maybe with the focus
  useEffect(() => focusIfLost(before.current), [cards]);
  return ({ relatedTarget, currentTarget }) => {
    if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget))
      before.current = relatedTarget;
  };
}

function focusIfLost(target: HTMLElement | null): void {
  if (document.activeElement === document.body) target?.focus();
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
    <div className="ring" role="group" aria-label={t('calls:ringing.title', { caller: ring.callerName })}>
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
        <Button tone="ok" large icon={PhoneIcon} filled onPress={() => void accept()} data-pane-focus>
          {t('calls:ringing.answer')}
        </Button>
      </div>
    </div>
  );
}
