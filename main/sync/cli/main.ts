/** `npm run sync`: the engine without a window. What it takes and gives: `--help`. */
import { enableCompileCache } from 'node:module';
import { compiledPlace } from './journal-place.ts';
import { outputTo } from './terminal.ts';

async function main(): Promise<void> {
  // Most of the start was compiling: what it came to is kept for the next one. It counts for what is loaded from here.
  enableCompileCache(compiledPlace(process.env));
  const { runCli } = await import('./run-cli.ts');
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const output = outputTo(process.stdout);
  process.exitCode = await runCli({
    args: process.argv.slice(2),
    environment: process.env,
    output,
    errors: outputTo(process.stderr),
    signal: stopping.signal,
  });
  output.end();
  process.off('SIGINT', stop);
  process.off('SIGTERM', stop);
}

void main();
