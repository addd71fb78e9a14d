import type { EventEmitter } from 'node:events';

const SIGNALS: readonly (string | symbol)[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The person pressed Ctrl-C, or the process was asked to end. */
export class Stopped extends Error {
  constructor() {
    super('stopped');
    this.name = 'Stopped';
  }
}

/**
 * Aborts, with Stopped, when the person presses Ctrl-C or the process is asked to end. From now on these signals
 * are heard here only: a library's own listener (Playwright's) would end the process while it still tidies up.
 */
export function listenForStop(signals: EventEmitter = process): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort(new Stopped());
  for (const name of SIGNALS) signals.on(name, stop);
  signals.on('newListener', (name: string | symbol, listener: () => void) => {
    if (SIGNALS.includes(name)) queueMicrotask(() => signals.off(name, listener));
  });
  return controller.signal;
}

/** Resolves when it is aborted. */
export function aborted(stop: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve(undefined);
    else stop.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** What is being started, how it is ended, and what asks to end it before its time. */
interface Use<R> {
  starting: Promise<R>;
  end: (running: R) => Promise<void>;
  stop: AbortSignal;
}

/**
 * Lets a task use what is being started, and ends that afterwards, however it went. Gives undefined when `stop`
 * aborts before the task is done. Throws what the start, the task or the ending threw.
 */
export async function useUntilStopped<R, T>(
  { starting, end, stop }: Use<R>,
  task: (running: R) => Promise<T>,
): Promise<T | undefined> {
  const started = starting.then(
    (running) => () => end(running),
    // What could not be started has ended by itself; the race tells why, unless the person had stopped it.
    () => () => Promise.resolve(),
  );
  try {
    return await Promise.race([starting.then(task), aborted(stop)]);
  } finally {
    const ending = await started;
    await ending();
  }
}
