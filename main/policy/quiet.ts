import type { Settings } from '../../preload/contract/settings.ts';

const HOUR_MS = 3_600_000;

/** Whether a person wants to hear of things at this moment (milliseconds since 1970). */
export function mayNotify(settings: Settings, now: number): boolean {
  return settings.notifications && quietUntil(settings, now) === null;
}

/** Until when they want quiet; null when they do not, or no longer. */
export function quietUntil({ doNotDisturbUntil }: Settings, now: number): number | null {
  return doNotDisturbUntil !== null && doNotDisturbUntil > now ? doNotDisturbUntil : null;
}

/** Quiet for an hour, or the end of it: what `doNotDisturbUntil` becomes. */
export function toggledQuiet(settings: Settings, now: number): number | null {
  return quietUntil(settings, now) === null ? now + HOUR_MS : null;
}
