import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Plan } from '../plan.ts';
import { ROOT } from '../steps.ts';

/** `npm run sync -- ...`: the sync engine without a window. Its arguments and exit codes are its own. */
export function plan(args: string[]): Plan {
  return { needs: [], run: (stop) => run(args, stop) };
}

async function run(args: readonly string[], stop: AbortSignal): Promise<number> {
  const program = join(ROOT, 'main/sync/cli/main.ts');
  const engine = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
  stop.addEventListener('abort', () => engine.kill('SIGTERM'));
  const [code]: (number | null)[] = await once(engine, 'exit');
  return code ?? 1;
}
