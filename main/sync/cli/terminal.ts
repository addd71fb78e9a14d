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
/** A shorter bar says nothing: the words are worth more. */
const leastBarWidth = 6;

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
    const room = (stream.columns ?? 80) - 1;
    stream.write(`${barOf(share, room - text.length - 1)}${text}`.slice(0, room));
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

/** No longer than what the words leave; in a narrow window none. */
function barOf(share: number | undefined, room: number): string {
  const width = Math.min(barWidth, room);
  if (share === undefined || width < leastBarWidth) return '';
  const done = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `${'█'.repeat(done).padEnd(width, '░')} `;
}
