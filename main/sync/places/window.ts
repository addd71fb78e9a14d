import { assertNever } from '../model/assert-never.ts';
import type { Outcome } from '../ports/places.ts';
import { isAsFast, isSlower, judged, type Pace, withAnswer } from './pace.ts';

/**
 * How many transfers one server bears at a time, found out as TCP does for packets: one more after a while of good
 * answers, half after a bad one. Pure.
 */
export interface Window {
  readonly size: number;
  /** Times it became smaller. Transfers that began before the last time are its cause, and say nothing new. */
  readonly cuts: number;
  /** Good answers since it last changed. */
  readonly good: number;
  /** By sort of transfer. */
  readonly paces: ReadonlyMap<string, Pace>;
}

/** Of a transfer that ended. */
export interface Ended {
  readonly outcome: Outcome;
  /** `cuts` when it began. */
  readonly cuts: number;
  /** Whether somebody waits: only then it is known that the server bears as many as there is room for. */
  readonly isWanted: boolean;
}

/** A PUT is no faster with more than 3 or 4 beside it (facts/nextcloud.md, "Figures"). */
const first = 3;
/** Never more; a pair that has no place may be one beyond (`shared-places.ts`). */
export const largest = 5;
/** Slow answers alone make it no smaller: a slow line is no reason to go one by one. */
const leastWhenSlow = 2;

/** Nothing is known yet. */
export const freshWindow: Window = {
  size: first,
  cuts: 0,
  good: 0,
  paces: new Map(),
};

/** The window after one more transfer. */
export function after(window: Window, ended: Ended): Window {
  const { outcome } = ended;
  switch (outcome.kind) {
    case 'silent':
      return window;
    case 'trouble':
      return ended.cuts < window.cuts ? window : cut(window, Math.max(1, Math.floor(window.size / 2)));
    case 'well':
      return ended.cuts < window.cuts ? window : afterAnswer(window, outcome.pace, ended.isWanted);
    default:
      return assertNever(outcome);
  }
}

function afterAnswer(
  window: Window,
  answer: { readonly sort: string; readonly ms: number } | undefined,
  isWanted: boolean,
): Window {
  if (answer === undefined) return isWanted ? grown(window) : window;
  const { sort, ms } = answer;
  const pace = withAnswer(window.paces.get(sort), ms);
  const noted = { ...window, paces: new Map(window.paces).set(sort, pace) };
  if (isSlower(pace) && window.size > leastWhenSlow) {
    const paces = new Map(noted.paces).set(sort, judged(pace));
    return cut({ ...noted, paces }, window.size - 1);
  }
  return isWanted && isAsFast(pace) ? grown(noted) : noted;
}

function cut(window: Window, size: number): Window {
  return { ...window, size, cuts: window.cuts + 1, good: 0 };
}

function grown(window: Window): Window {
  const good = window.good + 1;
  const isTime = good >= 2 * window.size && window.size < largest;
  return isTime ? { ...window, size: window.size + 1, good: 0 } : { ...window, good };
}
