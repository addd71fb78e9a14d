import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../steps.ts';

/** `npm run sync -- ...`: the sync engine without a window. Its exit codes are its own. */
export async function run(args: string[]): Promise<number> {
  const engine = spawn(process.execPath, [join(ROOT, 'main/sync/cli/main.ts'), ...args], {
    stdio: 'inherit',
  });
  const end = () => engine.kill('SIGTERM');
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', end);
  const [code]: (number | null)[] = await once(engine, 'exit');
  return code ?? 1;
}
