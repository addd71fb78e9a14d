import type { Ringing } from '../matrix/protocol.ts';
import { useStore } from '../ui/store.ts';
import { useWorkspace } from './stores/workspace-context.tsx';

const NOBODY: readonly Ringing[] = [];

/** Who rings and is to be heard: nobody while the person does not want to be disturbed. */
export function useRinging(): readonly Ringing[] {
  const { calls, clock, preferences } = useWorkspace();
  const ringing = useStore(calls.ringing);
  useStore(preferences.view);
  useStore(clock.minute);
  return preferences.doNotDisturb(clock.now()) ? NOBODY : ringing;
}
