import type { z } from 'zod';
import type { Handlers } from '../../preload/contract/index.ts';
import { Settings, type SettingsView } from '../../preload/contract/settings.ts';
import type { Brand } from '../brand/schema.ts';
import { AppError } from '../contract/app-error.ts';
import type { Kept } from '../store/kept.ts';
import type { Policy } from './policy.ts';

/** What holds when neither policy, brand nor person says otherwise. */
const USUAL: Settings = {
  theme: 'system',
  language: 'system',
  notifications: true,
  doNotDisturbUntil: null,
  closeToTray: true,
  startMuted: false,
  pauseOnBattery: 'low',
  pauseOnMetered: true,
  uploadLimit: { kind: 'none' },
  downloadLimit: { kind: 'none' },
};

/** What the person chose; whatever they did not choose follows brand and policy. */
export const ChosenSettings = Settings.partial();
export type ChosenSettings = z.infer<typeof ChosenSettings>;

/** The settings in force: policy beats brand beats person. */
export interface SettingsInForce {
  readonly view: () => SettingsView;
  /** Takes the person's choice; throws `forbidden.setting` when one of the values is locked. */
  readonly change: (choice: ChosenSettings) => Promise<SettingsView>;
  /** Calls back after each change; answers the way to stop. */
  readonly onChange: (listener: (view: SettingsView) => void) => () => void;
}

type SettingKey = keyof Settings;
const KEYS = Settings.keyof().options;

/** Brings the three together. */
export function createSettings(
  policy: Policy,
  brand: Brand['settings'],
  chosen: Kept<ChosenSettings>,
): SettingsInForce {
  const listeners = new Set<(view: SettingsView) => void>();
  const lockedBy = (key: SettingKey): 'policy' | 'brand' | null => {
    if (policy.settings?.[key] !== undefined) return 'policy';
    return brand.locked.includes(key) ? 'brand' : null;
  };
  const view = (): SettingsView => {
    const free = said(chosen.value).filter(([key]) => !lockedBy(key));
    return {
      values: Settings.parse({
        ...USUAL,
        ...brand.defaults,
        ...Object.fromEntries(free),
        ...policy.settings,
      }),
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
      for (const listener of listeners) listener(view());
      return view();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The values that are there: `undefined` says nothing. */
function said(choice: ChosenSettings): [SettingKey, unknown][] {
  return KEYS.flatMap((key) => (choice[key] === undefined ? [] : [[key, choice[key]]]));
}

/** The settings page's requests. */
export function settingsHandlers(settings: SettingsInForce): Handlers<'settings'> {
  return { get: () => settings.view(), change: (choice) => settings.change(choice) };
}
