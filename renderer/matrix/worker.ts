import { z } from 'zod';
import { createEngine } from './engine/engine.ts';
import { toCommandError } from './http/chat-error.ts';
import type { CommandName, FromWorker, ToWorker } from './protocol.ts';

// The schemas must not try to compile themselves: the worker's policy forbids eval.
z.config({ jitless: true });

const post = (message: FromWorker): void => globalThis.postMessage(message, { transfer: [] });

const engine = createEngine({
  fetch: (input, init) => fetch(input, init),
  indexedDb: indexedDB,
  now: () => Date.now(),
  chance: () => Math.random(),
  post,
  onOnline: (listener) => {
    addEventListener('online', listener);
    return () => removeEventListener('online', listener);
  },
  // Seen in the window's developer tools and in the program's log; carries codes only.
  // oxlint-disable-next-line no-console -- the page has no other way to tell
  trouble: (what) => console.warn(`chat: ${what}`),
});

addEventListener('message', (event: MessageEvent<ToWorker>) => {
  void answer(event.data);
});

async function answer(message: ToWorker): Promise<void> {
  const { id } = message;
  try {
    const value: unknown = await engine.run<CommandName>(message.name, message.request);
    post({ type: 'answer', id, ok: true, value });
  } catch (error) {
    post({ type: 'answer', id, ok: false, error: toCommandError(error) });
  }
}
