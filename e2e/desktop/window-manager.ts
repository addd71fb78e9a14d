import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../demo/until.ts';

const run = promisify(execFile);

/** A window manager on a display, and a person's other program. */
export interface WindowManager {
  /** Opens somebody else's window, which has the focus then. */
  readonly openOther: () => Promise<void>;
  /** What it says of the window with that id of X, as EWMH's names of states (`_NET_WM_STATE`). */
  readonly statesOf: (id: number) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** Has jwm manage the windows of a display (Extended Window Manager Hints). Throws when it is not installed. */
export async function openWindowManager(display: string): Promise<WindowManager> {
  const env = { ...process.env, DISPLAY: display };
  const programs = [start('jwm', ['-f', join(import.meta.dirname, 'jwm.xml')], env)];
  const about = async (...args: string[]): Promise<string> =>
    (await run('xprop', args, { env })).stdout.trim();
  await until('the window manager is there', async () =>
    (await about('-root', '_NET_SUPPORTING_WM_CHECK')).includes('window id'),
  );
  return {
    openOther: async () => {
      programs.push(start('xmessage', ['-name', 'other', 'somebody else’s'], env));
      await until('the other window has the focus', async () => {
        const id = /0x[0-9a-f]+/.exec(await about('-root', '_NET_ACTIVE_WINDOW'))?.[0];
        return id !== undefined && id !== '0x0' && (await about('-id', id, 'WM_CLASS')).includes('other');
      });
    },
    statesOf: async (id) =>
      (await about('-id', String(id), '_NET_WM_STATE')).match(/_NET_WM_STATE_\w+/g) ?? [],
    close: async () => {
      for (const program of programs.toReversed()) await program.end();
    },
  };
}

function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const started = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = Promise.race([once(started, 'exit'), once(started, 'error')]);
  const kill = (): boolean => started.kill();
  process.once('exit', kill);
  return {
    end: async () => {
      process.off('exit', kill);
      kill();
      await ended;
    },
  };
}
