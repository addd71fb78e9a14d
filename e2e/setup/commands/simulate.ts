import type { Plan } from '../plan.ts';
import { programPlan } from './program.ts';

/** `npm run simulate -- --seeds 1..N`: the sync engine against random histories. */
export function plan(args: string[]): Plan {
  return programPlan('e2e/simulate/main.ts', args);
}
