import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MediaProgress, MediaRef, SalonListSnapshot } from '../../matrix/protocol.ts';
import { Store } from '../../ui/store.ts';
import type { CommandOutcome } from './chat-port.ts';
import { type Media, MediaStore } from './media-store.ts';

const plan: MediaRef = { key: 'plan', mimeType: 'image/png', size: 100 };

let list: Store<SalonListSnapshot | null>;
let media: MediaStore;
let ran: string[];
let answers: ((answer: CommandOutcome<'media'>) => void)[];
let tell: (progress: MediaProgress) => void;

const there = { ok: true, value: { blob: new Blob(['x']) } } as const;
const lost = { ok: false, error: { code: 'offline', detail: '' } } as const;
const connected = (connection: SalonListSnapshot['connection']): void =>
  list.set({ salons: [], total: 0, connection });
const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  list = new Store<SalonListSnapshot | null>(null);
  ran = [];
  answers = [];
  media = new MediaStore({
    fetch: () => {
      ran.push('fetch');
      return new Promise((resolve) => answers.push(resolve));
    },
    stop: () => void ran.push('stop'),
    list,
    onProgress: (listener) => {
      tell = listener;
      return () => undefined;
    },
  });
});
afterEach(() => {
  media.dispose();
  vi.useRealTimers();
});

const progressOf = (now: Media) => (now.state === 'loading' ? now.progress : now.state);

test('a picture says how far it is once it lasts, with the size that the message tells where the server is silent', () => {
  vi.useFakeTimers();
  const picture = media.picture(plan, 840);
  expect(progressOf(picture.get())).toBeNull();
  vi.advanceTimersByTime(1000);
  expect(progressOf(picture.get())).toEqual({ received: 0, total: 100 });
  tell({ key: 'plan', maxPixels: null, received: 70, total: 90 });
  tell({ key: 'plan', maxPixels: 840, received: 40, total: null });
  expect(progressOf(picture.get())).toEqual({ received: 40, total: 100 });
  tell({ key: 'plan', maxPixels: 840, received: 140, total: null });
  expect(progressOf(picture.get())).toEqual({ received: 140, total: null });
});

test('a fetch that is stopped is as if nobody had asked; what it still answers is of no interest', async () => {
  const picture = media.picture(plan, null);
  media.stopPicture(plan, null);
  expect(picture.get()).toEqual({ state: 'idle' });
  media.fetchPicture(plan, null);
  expect(progressOf(picture.get())).toEqual({ received: 0, total: 100 });
  answers[0]?.(lost);
  await settled();
  expect(picture.get().state).toBe('loading');
  answers[1]?.(there);
  await settled();
  expect(picture.get().state).toBe('ready');
  media.stopPicture(plan, null);
  expect(ran).toEqual(['fetch', 'stop', 'fetch']);
});

test('a file is handed on once, says that it failed, and is asked for again by the person alone', async () => {
  const file = media.file(plan);
  const failing = media.fetchFile(plan);
  expect(await media.fetchFile(plan)).toBeNull(); // it is on its way already
  answers[0]?.(lost);
  expect(await failing).toBeNull();
  expect(file.get()).toEqual({ state: 'failed' });
  connected('live');
  const again = media.fetchFile(plan);
  answers[1]?.(there);
  expect(await again).toBe(there.value.blob);
  expect(file.get()).toEqual({ state: 'idle' });
  const stopped = media.fetchFile(plan);
  media.stopFile(plan);
  answers[2]?.(there);
  expect(await stopped).toBeNull();
  expect(file.get()).toEqual({ state: 'idle' });
});

test('pictures that could not be had without a line are asked for again when it is back', async () => {
  connected('offline');
  const shown = media.picture(plan, 96);
  const stop = shown.subscribe(() => undefined);
  media.picture({ ...plan, key: 'unseen' }, 96);
  for (const answer of answers) answer(lost);
  await settled();
  connected('live');
  connected('live');
  expect(shown.get().state).toBe('loading');
  expect(ran.length).toBe(3);
  expect(media.picture({ ...plan, key: 'unseen' }, 96).get().state).toBe('loading');
  stop();
});
