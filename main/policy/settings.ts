import type { z } from 'zod';
import type { Handlers } from '../../preload/contract/index.ts';
import { type DecidedSetting, Settings, type SettingsView } from '../../preload/contract/settings.ts';
import { AppError } from '../contract/app-error.ts';
import type { Kept } from '../store/kept.ts';
import type { PolicyInForce } from './in-force.ts';
import { isPersonal } from './schema/table.ts';

/** What the person chose; whatever they did not choose follows brand and policy. */
export const ChosenSettings = Settings.partial();
export type ChosenSettings = z.infer<typeof ChosenSettings>;

/** What a person sets, as it is in force: policy beats brand beats person. */
export interface SettingsInForce {
  readonly view: () => SettingsView;
  /** Takes the person's choice; throws `forbidden.setting` when one of the values is locked. */
  readonly change: (choice: ChosenSettings) => Promise<SettingsView>;
  /** Calls back after each change, the person's or the policy's; answers the way to stop. */
  readonly onChange: (listener: (view: SettingsView) => void) => () => void;
}

const KEYS = Settings.keyof().options;

/** The settings page's half of the policy; `chosen` is what `policy` takes for the person's word. */
export function createSettings(policy: PolicyInForce, chosen: Kept<ChosenSettings>): SettingsInForce {
  const lockedBy = (key: keyof Settings) => (isPersonal(key) ? policy.decidedBy(key) : null);
  const view = (): SettingsView => {
    const { doNotDisturbUntil = null } = chosen.value;
    const values = { ...policy.values, doNotDisturbUntil };
    return {
      values: Settings.parse(Object.fromEntries(KEYS.map((key) => [key, values[key]]))),
      locked: KEYS.flatMap((key) => {
        const by = lockedBy(key);
        return by ? [{ key, by }] : [];
      }),
    };
  };
  return {
    view,
    change: async (choice) => {
      const locked = said(choice).find(([key]) => lockedBy(key));
      if (locked) throw new AppError('forbidden.setting', { setting: locked[0] });
      await chosen.set({ ...chosen.value, ...Object.fromEntries(said(choice)) });
      policy.look();
      return view();
    },
    onChange: (listener) => policy.onChange(() => listener(view())),
  };
}

/** The values that are there: `undefined` says nothing. */
function said(choice: ChosenSettings): [keyof Settings, unknown][] {
  return KEYS.flatMap((key) => (choice[key] === undefined ? [] : [[key, choice[key]]]));
}

/** The settings page's requests. */
export function settingsHandlers(
  settings: SettingsInForce,
  decided: () => DecidedSetting[],
): Handlers<'settings'> {
  return { get: () => settings.view(), change: (choice) => settings.change(choice), decided };
}
