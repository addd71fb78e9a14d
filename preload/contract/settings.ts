import { z } from 'zod';
import { event, Nothing, request } from './channel.ts';
import { Timestamp } from './values.ts';

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
  /** When files wait for the mains: `low` is below 20 %. */
  pauseOnBattery: z.enum(['never', 'low', 'always']),
  /** Files wait while the line is paid by what passes. */
  pauseOnMetered: z.boolean(),
  uploadLimit: SpeedLimit,
  downloadLimit: SpeedLimit,
});
export type Settings = z.infer<typeof Settings>;

/** The values in force, and who decided those that the person can't change: policy of the machine or of the account. */
export const SettingsView = z.strictObject({
  values: Settings,
  locked: z.array(z.strictObject({ key: z.keyof(Settings), by: z.enum(['machine', 'user', 'brand']) })),
});
export type SettingsView = z.infer<typeof SettingsView>;

/** The settings page. */
export const settings = {
  audience: 'app',
  requests: {
    get: request({ request: Nothing, answer: SettingsView }),
    /** Changes some values; a locked one is answered with `forbidden`. */
    change: request({ request: Settings.partial(), answer: SettingsView }),
  },
  events: {
    changed: event(SettingsView, 'latest'),
  },
} as const;
