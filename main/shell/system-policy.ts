import { userInfo } from 'node:os';
import type { Brand } from '../brand/schema.ts';
import { policySources } from '../policy/places.ts';
import type { PolicySource } from '../policy/readers/source.ts';

/** The places that policy is read from on this computer. */
export function systemPolicySources(brand: Brand): readonly PolicySource[] {
  return policySources({
    platform: process.platform,
    brand,
    userName: () => userInfo().username,
    commonFiles: process.env['CommonProgramFiles'],
  });
}
