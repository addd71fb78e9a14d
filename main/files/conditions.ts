import type { PauseRules, SpeedLimits, Surroundings } from './protocol.ts';

/** How the computer stands, and what is to follow from it. */
export interface Conditions {
  readonly surroundings: () => Surroundings;
  readonly rules: () => PauseRules;
  readonly limits: () => SpeedLimits;
  /** Calls back after each change of one of them. */
  readonly onChange: (listener: () => void) => void;
  readonly close: () => void;
}
