import { join } from 'node:path';
import { loadBrand } from '../brand/load.ts';
import { PolicyInForce } from '../policy/in-force.ts';
import type { PolicyReadings } from '../policy/readings.ts';

const { brand } = loadBrand(join(import.meta.dirname, '../../assets/brands/traboule'));

/** What holds when administrators say just this; for tests. */
export function policyOf(said: Partial<PolicyReadings>): PolicyInForce {
  const places = { machine: new Map(), user: new Map() };
  return new PolicyInForce({ machine: {}, user: {}, places, complaints: [], ...said }, brand, { value: {} });
}
