import type { Settings } from '../../../preload/contract/settings.ts';
import { folderSettings } from './folders.ts';
import { networkSettings } from './network.ts';
import { callSettings, programSettings } from './program.ts';
import { accountSettings, serverSettings } from './servers.ts';
import type { Setting } from './setting.ts';
import { updateSettings } from './updates.ts';

/**
 * Every setting that an administrator can decide, by its id: the one source of what is read, shown as locked, reported,
 * and offered in templates. To add one: a line in the file of its group, its name and explanation in `texts/fr.json` and
 * `texts/en.json`, code that reads it from `policy.values`, and `npm run policy`.
 */
export const SETTINGS = {
  ...serverSettings,
  ...accountSettings,
  ...updateSettings,
  ...programSettings,
  ...networkSettings,
  ...folderSettings,
  ...callSettings,
} as const satisfies { readonly [K in PersonalId]: Setting<Settings[K]> } & Record<string, Setting>;

/** Those that a person sets too: all of the settings page but the quiet time, which is nobody else's business. */
export type PersonalId = Exclude<keyof Settings, 'doNotDisturbUntil'>;
export type SettingId = keyof typeof SETTINGS;

/** A value for every setting. */
export type PolicyValues = {
  readonly [K in SettingId]: (typeof SETTINGS)[K] extends Setting<infer Value> ? Value : never;
};
/** Values for some settings. */
export type SomeValues = { readonly [K in SettingId]?: PolicyValues[K] | undefined };

/** All ids, in the order of the table. */
export const SETTING_IDS: readonly SettingId[] = Object.keys(SETTINGS).filter(isSettingId);

/** Whether a key names a setting. */
export function isSettingId(key: string): key is SettingId {
  return Object.hasOwn(SETTINGS, key);
}

/** Whether a key of the settings page is one that others may decide too. */
export function isPersonal(key: keyof Settings): key is PersonalId {
  return isSettingId(key);
}

/** A setting, with all that is known of each. */
export function settingOf<K extends SettingId>(id: K): Setting<PolicyValues[K]> {
  return TYPED[id];
}

/** What holds when nobody decides anything. */
export function usualValues(): PolicyValues {
  const values: Draft = {};
  for (const id of SETTING_IDS) fill(values, id);
  if (!isWhole(values)) throw new Error('a setting has no usual value');
  return values;
}

const TYPED: { readonly [K in SettingId]: Setting<PolicyValues[K]> } = SETTINGS;
type Draft = { -readonly [K in SettingId]?: PolicyValues[K] };

function fill<K extends SettingId>(values: Pick<Draft, K>, id: K): void {
  values[id] = TYPED[id].usual;
}

function isWhole(values: Draft): values is PolicyValues {
  return SETTING_IDS.every((id) => Object.hasOwn(values, id));
}
