import type { OngoingCall } from '../matrix/protocol.ts';
import { useSelected } from '../ui/store.ts';
import { useWorkspace } from './stores/workspace-context.tsx';
import { showError } from './use-attempt.ts';

interface CallOfSalon {
  /** The call that goes on in the salon, whoever is in it. */
  readonly ongoing: OngoingCall | null;
  /** How this person stands to it. */
  readonly state: 'out' | 'starting' | 'in';
  /** Calls, joins, or brings the open call to the front; says what went wrong by itself. */
  readonly callOrJoin: () => Promise<void>;
}

/** A salon's call, for the button and the card. */
export function useCall(salonId: string): CallOfSalon {
  const { chat, calls, toasts } = useWorkspace();
  const ongoing = useSelected(chat.list, () => chat.salon(salonId)?.call ?? null);
  const starting = useSelected(calls.starting, (salons) => salons.has(salonId));
  const inside = useSelected(calls.own, (own) => salonId in own);
  const callOrJoin = async () => {
    const problem = await calls.callOrJoin(salonId);
    if (problem) showError(toasts, problem);
  };
  return { ongoing, state: inside ? 'in' : starting ? 'starting' : 'out', callOrJoin };
}
