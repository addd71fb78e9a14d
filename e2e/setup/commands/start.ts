import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chooseElectron, describeElectron } from '../../electron/choose.ts';
import { ROOT } from '../steps.ts';

/** `npm start`: the program alone, with the person's own profile, against servers of their own. */
export async function run(args: string[]): Promise<number> {
  const electron = await chooseElectron();
  console.error(`Traboule runs in ${describeElectron(electron)}.`);
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    console.error('There is no display to open a window on. `npm run demo -- --tour` needs none.');
    return 1;
  }
  const launch = await electron.launch(ROOT);
  const program = spawn(launch.executablePath, [...launch.args, ...args], { stdio: 'inherit' });
  const end = () => program.kill('SIGTERM');
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  const [code]: (number | null)[] = await once(program, 'exit');
  return code ?? 0;
}
