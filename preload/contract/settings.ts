import { z } from 'zod';
import { event, Nothing, request } from './channel.ts';
import { Label, LocalPath, Timestamp } from './values.ts';

/** How much of the line files may take in one direction: of what it carries, or so many kB (1,000 bytes) a second. */
export const SpeedLimit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('share'), percent: z.number().int().min(1).max(99) }),
  z.strictObject({ kind: z.literal('fixed'), kilobytesPerSecond: z.number().int().min(10).max(1_000_000) }),
]);
export type SpeedLimit = z.infer<typeof SpeedLimit>;

/** Everything a person can set. Defaults come from brand, then policy may fix a value. */
export const Settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'fr', 'en']),
  notifications: z.boolean(),
  /** No ringing and no notification until then; null is off. */
  doNotDisturbUntil: Timestamp.nullable(),
  closeToTray: z.boolean(),
  /** Whether the program starts with the session. */
  autostart: z.boolean(),
  startMuted: z.boolean(),
  /** The languages that the spelling of messages is checked in. */
  spelling: z.enum(['off', 'fr', 'en', 'both']),
  /** Whether the person is asked where each download goes. */
  downloadsAsk: z.boolean(),
  /** The folder that downloads go to, as it was written (`~` is the home); null: the system's own. */
  downloadsFolder: LocalPath.nullable(),
  /** When files wait for the mains: `low` is below 20 %. */
  pauseOnBattery: z.enum(['never', 'low', 'always']),
  /** Files wait while the line is paid by what passes. */
  pauseOnMetered: z.boolean(),
  uploadLimit: SpeedLimit,
  downloadLimit: SpeedLimit,
});
export type Settings = z.infer<typeof Settings>;

/** What a page may change: a folder is chosen in main's own dialog. */
const SettingsChange = Settings.omit({ downloadsFolder: true }).partial();
export type SettingsChange = z.infer<typeof SettingsChange>;

/** The values in force, and who decided those that the person can't change: policy of the machine or of the account. */
export const SettingsView = z.strictObject({
  values: Settings,
  locked: z.array(z.strictObject({ key: z.keyof(Settings), by: z.enum(['machine', 'user', 'brand']) })),
});
export type SettingsView = z.infer<typeof SettingsView>;

/** Something that the organisation decided, in words of the person's language. */
export const DecidedSetting = z.strictObject({
  /** What administrators call it. */
  key: z.string().max(60),
  group: Label,
  name: Label,
  value: z.string().max(300_000),
  by: z.enum(['machine', 'user', 'brand']),
  /** The file or key of the registry that says it; null for what the brand brings. */
  place: LocalPath.nullable(),
});
export type DecidedSetting = z.infer<typeof DecidedSetting>;

/** The settings page. */
export const settings = {
  audience: 'app',
  requests: {
    get: request({ request: Nothing, answer: SettingsView }),
    /** Changes some values; a locked one is answered with `forbidden`. */
    change: request({ request: SettingsChange, answer: SettingsView }),
    /** All that the organisation decided, also what no person sets. */
    decided: request({ request: Nothing, answer: z.array(DecidedSetting) }),
  },
  events: {
    changed: event(SettingsView, 'latest'),
  },
} as const;
