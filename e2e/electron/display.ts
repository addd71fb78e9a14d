import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

/** A display to draw on: its name for DISPLAY, and its end. */
export interface Display {
  name: string;
  close(): void;
}

/**
 * Numbers of displays in memory. Left to choose, a server takes the first free one: one that another server is just
 * giving back, which then removes the new one's socket with its own.
 */
const NUMBERS = [1000, 1_000_000] as const;

/**
 * The person's display, or one in memory (Xvfb) when there is none or `always` asks for one.
 * Throws when Xvfb is needed and not installed.
 */
export async function openDisplay(always: boolean = false): Promise<Display> {
  const own = process.env['DISPLAY'];
  if (own && !always) return { name: own, close: () => undefined };
  const args = [
    `:${randomInt(...NUMBERS)}`,
    '-displayfd',
    '3',
    '-screen',
    '0',
    '1920x1200x24',
    '-nolisten',
    'tcp',
    // Else it begins anew when its last client leaves, and throws out whoever is just coming.
    '-noreset',
  ];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const answers = server.stdio[3];
  if (!(answers instanceof Readable)) throw new Error('Xvfb has no answer pipe');
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    createInterface({ input: answers }).once('line', resolve);
  });
  const close = () => {
    process.off('exit', close);
    server.kill();
  };
  // Also when a process ends without closing what it opened.
  process.on('exit', close);
  return { name: `:${number.trim()}`, close };
}
