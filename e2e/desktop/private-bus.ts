import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A session bus of one's own: its address, and its end. */
export interface PrivateBus {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Starts a real dbus-daemon that nobody else of this computer knows of. Throws when there is none. */
export async function openPrivateBus(): Promise<PrivateBus> {
  const args = ['--session', '--nofork', '--nopidfile', '--nosyslog', '--print-address'];
  // What its services keep (whether a screen reader is wanted) stays theirs: the person at this computer has settings too.
  const env = { ...process.env, GSETTINGS_BACKEND: 'memory' };
  const daemon = spawn('dbus-daemon', args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(daemon, 'exit');
  const failed = Promise.race([
    once(daemon, 'error').then(([error]) => error),
    ended.then(([code]) => new Error(`dbus-daemon ended with ${String(code)}`)),
  ]);
  const [line] = await Promise.race([
    once(createInterface({ input: daemon.stdout }), 'line'),
    failed.then((error) => Promise.reject(error)),
  ]);
  const kill = (): boolean => daemon.kill();
  process.once('exit', kill);
  return {
    address: String(line),
    close: async () => {
      process.off('exit', kill);
      kill();
      await ended;
    },
  };
}
