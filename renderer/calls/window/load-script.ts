import { ConferenceError } from './conference.ts';

const PATIENCE_MS = 15_000;

/**
 * Runs a script of another server in this page. Rejects with `unreachable` when it does not come within 15 s (the
 * browser tells no page why), and with the signal's reason when aborted.
 */
export function loadScript(page: Document, address: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const script = page.createElement('script');
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      script.remove();
      end();
    };
    const fail = settle(() => reject(new ConferenceError('unreachable')));
    const abort = settle(() => reject(signal.reason));
    const timer = setTimeout(fail, PATIENCE_MS);
    signal.addEventListener('abort', abort);
    script.addEventListener('load', settle(resolve));
    script.addEventListener('error', fail);
    script.async = true;
    script.src = address;
    page.head.append(script);
  });
}
