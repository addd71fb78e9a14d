import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FileAuthor } from '../../../preload/contract/files.ts';
import { FolderAuthors } from './folder-authors.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const SALON = '!a:m.example';
const plan: FileAuthor = { path: 'plan.pdf', author: { kind: 'other', name: 'Inès' }, at: 5 };

function authors() {
  const ask = vi.fn<
    (request: { salonId: string; path: string }) => Promise<{ ok: true; value: FileAuthor[] }>
  >(() => Promise.resolve({ ok: true, value: [plan] }));
  return { ask, authors: new FolderAuthors(ask) };
}

it('are asked for when somebody looks, and told', async () => {
  const { ask, authors: known } = authors();
  expect(ask).not.toHaveBeenCalled();
  known.of(SALON, '').subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  expect(ask).toHaveBeenCalledExactlyOnceWith({ salonId: SALON, path: '' });
  expect(known.of(SALON, '').get().get('plan.pdf')).toEqual(plan);
});

it('are asked for seldom, however often entries change, and once after the last change', async () => {
  const { ask, authors: known } = authors();
  known.of(SALON, '').subscribe(() => undefined);
  for (let tenth = 0; tenth < 300; tenth += 1) {
    known.changed(new Set([SALON]));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(ask.mock.calls.length).toBeLessThanOrEqual(3);
  const before = ask.mock.calls.length;
  known.changed(new Set([SALON]));
  await vi.advanceTimersByTimeAsync(15_000);
  expect(ask.mock.calls.length).toBe(before + 1);
});

it('are not asked for of other salons, nor of what nobody looks at any more', async () => {
  const { ask, authors: known } = authors();
  const stop = known.of(SALON, '').subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  known.changed(new Set(['!b:m.example']));
  stop();
  known.changed(new Set([SALON]));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ask).toHaveBeenCalledOnce();
});
