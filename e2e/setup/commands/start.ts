import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chooseElectron, describeElectron } from '../../electron/choose.ts';
import type { Plan } from '../plan.ts';
import { Refusal } from '../refusal.ts';
import { FOR_WINDOWS, ROOT } from '../steps.ts';

/** `npm start`: the program alone, with the person's own profile, against servers of their own. */
export function plan(args: string[]): Plan {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY)
    throw new Refusal('There is no display to open a window on. `npm run demo -- --tour` needs none.');
  return { needs: FOR_WINDOWS, run: (stop) => run(args, stop) };
}

async function run(args: readonly string[], stop: AbortSignal): Promise<number> {
  const electron = await chooseElectron();
  console.error(`Traboule runs in ${describeElectron(electron)}.`);
  const launch = await electron.launch(ROOT);
  const program = spawn(launch.executablePath, [...launch.args, ...args], { stdio: 'inherit' });
  stop.addEventListener('abort', () => program.kill('SIGTERM'));
  const [code]: (number | null)[] = await once(program, 'exit');
  return code ?? 0;
}
