import type { SpeedLimit } from '../../preload/contract/settings.ts';

/** A limit among the choices: none, a share of the line in percent, or a fixed speed that is given apart. */
export type LimitChoice = 'none' | 'fixed' | `${number}%`;

const OFFERED = [25, 50, 75];
/** What a fixed speed begins with. */
const FIRST_SPEED = 500;

/** The choice that shows a limit: a share by its percentage, else by its kind. */
export function choiceOf(limit: SpeedLimit): LimitChoice {
  return limit.kind === 'share' ? `${limit.percent}%` : limit.kind;
}

/** The limit that a choice makes of the present one. */
export function limitOf(choice: LimitChoice, present: SpeedLimit): SpeedLimit {
  if (choice === 'none') return { kind: 'none' };
  if (choice !== 'fixed') return { kind: 'share', percent: Number.parseInt(choice, 10) };
  return present.kind === 'fixed' ? present : { kind: 'fixed', kilobytesPerSecond: FIRST_SPEED };
}

/** The percentages to offer: the usual ones, and the present one where an administrator decided otherwise. */
export function offeredShares(limit: SpeedLimit): readonly number[] {
  const more = limit.kind === 'share' && !OFFERED.includes(limit.percent) ? [limit.percent] : [];
  return [...OFFERED, ...more].toSorted((one, other) => one - other);
}
