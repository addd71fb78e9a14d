import type { PauseRules, Surroundings } from './protocol.ts';

/** How the computer stands, and what is to follow from it. */
export interface Conditions {
  readonly surroundings: () => Surroundings;
  readonly rules: () => PauseRules;
  /** Calls back after each change of either. */
  readonly onChange: (listener: () => void) => void;
  readonly close: () => void;
}
