/** `npm run sync`: the engine without a window. What it takes and gives: `--help`. */
import { enableCompileCache } from 'node:module';
import { compiledPlace } from './journal-place.ts';
import type { Output } from './printer.ts';

function outputTo(stream: NodeJS.WriteStream): Output {
  let hasStatus = false;
  const clear = (): void => {
    if (hasStatus) stream.write('\r\u001b[2K');
    hasStatus = false;
  };
  return {
    line: (text) => {
      clear();
      stream.write(`${text}\n`);
    },
    status: (text) => {
      if (!stream.isTTY) return;
      clear();
      stream.write(text.slice(0, stream.columns - 1));
      hasStatus = true;
    },
  };
}

async function main(): Promise<void> {
  // Most of the start was compiling: what it came to is kept for the next one. It counts for what is loaded from here.
  enableCompileCache(compiledPlace(process.env));
  const { runCli } = await import('./run-cli.ts');
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.exitCode = await runCli({
    args: process.argv.slice(2),
    environment: process.env,
    output: outputTo(process.stdout),
    errors: outputTo(process.stderr),
    signal: stopping.signal,
  });
  process.off('SIGINT', stop);
  process.off('SIGTERM', stop);
}

void main();
