import type { Output } from './printer.ts';

/** A stream of the process, as far as lines go. */
export interface LineStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

/** Where lines go, with an end. */
export interface Terminal extends Output {
  /** Takes away what shows how far it is. */
  end(): void;
}

/** Where nobody looks on, how far it is becomes a line of its own this often. */
const plainEveryMs = 10_000;
const barWidth = 20;

/**
 * Lines for a stream. On a terminal how far it is stands in the last line, with a bar, until something takes its place;
 * in a file or a pipe it is a plain line now and then, so that a long transfer is not silent.
 */
export function outputTo(stream: LineStream, now: () => number = Date.now): Terminal {
  let hasStatus = false;
  let toldAt = now();
  const clear = (): void => {
    if (hasStatus) stream.write('\r\u001b[2K');
    hasStatus = false;
  };
  const live = (text: string, share: number | undefined): void => {
    clear();
    stream.write(`${barOf(share)}${text}`.slice(0, (stream.columns ?? 80) - 1));
    hasStatus = true;
  };
  const plain = (text: string): void => {
    if (now() - toldAt < plainEveryMs) return;
    toldAt = now();
    stream.write(`${text}\n`);
  };
  return {
    line: (text) => {
      clear();
      stream.write(`${text}\n`);
    },
    status: (text, share) => (stream.isTTY === true ? live(text, share) : plain(text)),
    end: clear,
  };
}

function barOf(share: number | undefined): string {
  if (share === undefined) return '';
  const done = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  return `${'█'.repeat(done).padEnd(barWidth, '░')} `;
}
