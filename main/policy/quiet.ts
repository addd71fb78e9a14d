import type { Settings } from '../../preload/contract/settings.ts';

/** Whether a person wants to hear of things at this moment (milliseconds since 1970). */
export function mayNotify(settings: Settings, now: number): boolean {
  const isDisturbable = settings.doNotDisturbUntil === null || settings.doNotDisturbUntil <= now;
  return settings.notifications && isDisturbable;
}
