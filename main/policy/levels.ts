import type { Brand } from '../brand/schema.ts';
import { type PolicyValues, type SettingId, type SomeValues, usualValues } from './schema/table.ts';

/** Who decided a value that a person can't change. */
export type DecidedBy = 'machine' | 'user' | 'brand';
/** Where the value in force comes from. */
export type Origin = DecidedBy | 'person' | 'brand-default' | 'usual';

/** What each one says; a level beats those after it. */
export type Levels = { readonly [O in Exclude<Origin, 'usual'>]: SomeValues };

/** From the one that beats all to the one that all beat. */
const ORDER = ['machine', 'user', 'brand', 'person', 'brand-default'] as const;
const USUAL = usualValues();

/** The values in force. */
export function valuesOf(levels: Levels): PolicyValues {
  return {
    ...USUAL,
    ...said(levels['brand-default']),
    ...said(levels.person),
    ...said(levels.brand),
    ...said(levels.user),
    ...said(levels.machine),
  };
}

/** Where a value comes from: the strongest level that says anything of it. */
export function originOf(levels: Levels, id: SettingId): Origin {
  return ORDER.find((level) => levels[level][id] !== undefined) ?? 'usual';
}

/** Who decided a value that a person can't change, null where the person may. */
export function decidedBy(levels: Levels, id: SettingId): DecidedBy | null {
  const origin = originOf(levels, id);
  return origin === 'machine' || origin === 'user' || origin === 'brand' ? origin : null;
}

/** What a brand pack decides, and what it only begins with. A locked setting without a value keeps the usual one. */
export function brandLevels(brand: Brand): Pick<Levels, 'brand' | 'brand-default'> {
  const { defaults, locked, policy } = brand.settings;
  const { conferenceDomains, fileUserName } = brand;
  const { agentServers, partnerUserNames } = brand.partners;
  const decided = Object.fromEntries(locked.map((id) => [id, defaults[id] ?? USUAL[id]]));
  return {
    brand: {
      ...policy,
      ...decided,
      conferenceDomains,
      fileUserName,
      agentServers,
      partnerUserNames,
      callLobby: brand.calls.lobby,
    },
    'brand-default': defaults,
  };
}

/** Values that are there: `undefined` says nothing. */
function said(values: SomeValues): Partial<PolicyValues> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
