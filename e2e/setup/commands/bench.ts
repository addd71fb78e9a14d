import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const BENCHES = join(import.meta.dirname, '../../bench');

/** `npm run bench -- NAME`: a benchmark of e2e/bench/NAME.ts; without a name, lists them. */
export async function run([name, ...args]: string[]): Promise<number> {
  const file = join(BENCHES, `${name}.ts`);
  if (!name || !existsSync(file)) {
    const files = existsSync(BENCHES) ? await readdir(BENCHES) : [];
    const names = files
      .filter((entry) => /^[a-z-]+\.ts$/.test(entry))
      .map((entry) => entry.replace('.ts', ''));
    console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
    return 2;
  }
  const bench: { run(args: string[]): Promise<number> } = await import(file);
  return bench.run(args);
}
