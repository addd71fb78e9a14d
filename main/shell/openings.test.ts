import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Openings } from './openings.ts';

const bringToFront = vi.fn<() => void>();
const tellPage = vi.fn<() => void>();
let openings: Openings;

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  openings = new Openings({ bringToFront, tellPage });
});
afterEach(() => vi.useRealTimers());

it('opens at once, and keeps what is named until the page takes it', () => {
  openings.open({ kind: 'salon', salonId: '!a' });
  expect(bringToFront).toHaveBeenCalledOnce();
  expect(tellPage).toHaveBeenCalledOnce();
  expect(openings.take()).toEqual({ kind: 'salon', salonId: '!a' });
  expect(openings.take()).toBeNull();
});

it('only brings the window to the front where nothing is named', () => {
  openings.open(null);
  expect(bringToFront).toHaveBeenCalledOnce();
  expect(tellPage).not.toHaveBeenCalled();
});

it('opens the newest of a thousand, and does not flood', () => {
  for (let n = 0; n < 1000; n += 1) openings.open({ kind: 'salon', salonId: `!${n}` });
  vi.runAllTimers();
  expect(bringToFront).toHaveBeenCalledTimes(2);
  expect(tellPage).toHaveBeenCalledTimes(2);
  expect(openings.take()).toEqual({ kind: 'salon', salonId: '!999' });
  openings.open(null);
  expect(bringToFront).toHaveBeenCalledTimes(3);
});

it('forgets no link for a start that names nothing', () => {
  openings.open({ kind: 'call', salonId: '!a' });
  openings.open(null);
  expect(openings.take()).toEqual({ kind: 'call', salonId: '!a' });
});
