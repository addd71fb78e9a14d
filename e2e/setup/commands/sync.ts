import type { Plan } from '../plan.ts';
import { programPlan } from './program.ts';

/** `npm run sync -- ...`: the sync engine without a window. */
export function plan(args: string[]): Plan {
  return programPlan('main/sync/cli/main.ts', args);
}
