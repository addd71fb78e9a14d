import type { PauseRules, Surroundings } from './api.ts';
import { assertNever } from './model/assert-never.ts';

/** What the rules may keep a pair from working for. */
export type Hindrance = 'battery' | 'metered';

/** All that decides whether a pair works. */
export interface Standing {
  readonly surroundings: Surroundings;
  readonly rules: PauseRules;
  /** A person's wish. */
  readonly isPaused: boolean;
  /** Hindrances that a person overruled; each for as long as it lasts. */
  readonly overruled: readonly Hindrance[];
}

/** What may happen to it. */
export type Change =
  | { readonly kind: 'surroundings'; readonly surroundings: Surroundings }
  | { readonly kind: 'rules'; readonly rules: PauseRules }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** A person wants it although a rule says no. */
  | { readonly kind: 'overrule' };

/** What a pair does. Offline, it asks for nothing: whatever changed is found when the line is back. */
export type Conduct =
  | { readonly kind: 'work' }
  | { readonly kind: 'paused'; readonly reason: 'person' | Hindrance }
  | { readonly kind: 'offline' };

/** A share of the battery: below it `low` pauses. */
const lowBattery = 0.2;

/** How things stand until somebody says otherwise: a computer at a desk. */
export const atDesk: Standing = {
  surroundings: {
    attention: 'foreground',
    network: { kind: 'online', line: '' },
    metered: false,
    power: { kind: 'mains' },
    wokeAt: 0,
  },
  rules: { pauseOnBattery: 'never', pauseOnMetered: false },
  isPaused: false,
  overruled: [],
};

/** How things stand after a change. What a person overruled comes back once it had gone. */
export function reduce(standing: Standing, change: Change): Standing {
  const next = step(standing, change);
  const present = hindrances(next);
  return { ...next, overruled: next.overruled.filter((hindrance) => present.includes(hindrance)) };
}

function step(standing: Standing, change: Change): Standing {
  switch (change.kind) {
    case 'surroundings':
      return { ...standing, surroundings: change.surroundings };
    case 'rules':
      return { ...standing, rules: change.rules };
    case 'pause':
      return { ...standing, isPaused: true };
    case 'resume':
      return { ...standing, isPaused: false };
    case 'overrule':
      return { ...standing, overruled: hindrances(standing) };
    default:
      return assertNever(change);
  }
}

/**
 * What follows from how things stand.
 *
 * @param needsLine whether the server is another computer than this one
 */
export function conductOf(standing: Standing, needsLine: boolean): Conduct {
  if (standing.isPaused) return { kind: 'paused', reason: 'person' };
  const reason = hindrances(standing).find((hindrance) => !standing.overruled.includes(hindrance));
  if (reason !== undefined) return { kind: 'paused', reason };
  if (needsLine && standing.surroundings.network.kind === 'offline') return { kind: 'offline' };
  return { kind: 'work' };
}

/** Whether a change is a reason to look at once: something may have happened that nobody told of. */
export function calls(before: Surroundings, after: Surroundings): boolean {
  const isSeenAgain = before.attention === 'background' && after.attention === 'foreground';
  return isSeenAgain || isOtherLine(before, after);
}

/** Whether connections from before are not to be trusted any more: another line, or a computer that slept. */
export function isOtherLine(before: Surroundings, after: Surroundings): boolean {
  return before.wokeAt !== after.wokeAt || lineOf(before) !== lineOf(after);
}

/** Whether a server can only be reached over the line: one on this computer is there without. */
export function needsLine(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    !/^(?:.*\.)?localhost$/.test(hostname) && hostname !== '[::1]' && !/^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}

function lineOf({ network }: Surroundings): string | undefined {
  return network.kind === 'online' ? `${network.line} ${JSON.stringify(network.proxies ?? {})}` : undefined;
}

function hindrances({ surroundings, rules }: Standing): readonly Hindrance[] {
  const isOnBattery = hasTooLittlePower(surroundings, rules);
  const isMetered = rules.pauseOnMetered && surroundings.metered;
  return [...(isOnBattery ? (['battery'] as const) : []), ...(isMetered ? (['metered'] as const) : [])];
}

/** A battery that does not tell its level is not taken for a low one. */
function hasTooLittlePower({ power }: Surroundings, { pauseOnBattery }: PauseRules): boolean {
  if (power.kind === 'mains') return false;
  switch (pauseOnBattery) {
    case 'never':
      return false;
    case 'low':
      return power.level !== undefined && power.level < lowBattery;
    case 'always':
      return true;
    default:
      return assertNever(pauseOnBattery);
  }
}
