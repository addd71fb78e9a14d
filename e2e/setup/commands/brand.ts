import type { Plan } from '../plan.ts';
import { programPlan } from './program.ts';

/** `npm run brand -- ...`: makes and checks brand packs. */
export function plan(args: string[]): Plan {
  return programPlan('build/brand/main.ts', args);
}
