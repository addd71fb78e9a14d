import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';

/** Reading what was kept of a smaller script takes as long as compiling it. */
const WORTH_KEEPING = 50_000;
/** What ran by then is what a start needs; not every process ends by itself. */
const STARTED_AFTER_MS = 4_000;

type Loader = { _compile(content: string, filename: string): unknown; exports: unknown };
const loader = Module.prototype as unknown as Loader;
const { _compile: compile } = loader;

/**
 * Keeps what V8 compiled of a script beside it, with all functions that a start runs: a third of a start
 * goes into compiling the program and its layer anew. V8 itself refuses what another version of it or other switches
 * compiled. Inside a package nothing is kept.
 */
loader._compile = function compileOnce(this: Loader, content: string, filename: string): unknown {
  if (content.length < WORTH_KEEPING || filename.includes('.asar'))
    return compile.call(this, content, filename);
  const kept = `${filename}.${cachedDataVersionTag()}.compiled`;
  const cachedData = existsSync(kept) ? readFileSync(kept) : undefined;
  const script = new Script(Module.wrap(content), { filename, ...(cachedData ? { cachedData } : {}) });
  if (!cachedData || script.cachedDataRejected) keepOnce(script, kept);
  const run = script.runInThisContext() as (...args: unknown[]) => unknown;
  return run.call(this.exports, this.exports, createRequire(filename), this, filename, dirname(filename));
};

function keepOnce(script: Script, file: string): void {
  const done = () => {
    clearTimeout(timer);
    process.off('exit', done);
    keep(script, file);
  };
  const timer = setTimeout(done, STARTED_AFTER_MS).unref();
  process.once('exit', done);
}

/** Several may end at the same time: each writes a file of its own and renames it. */
function keep(script: Script, file: string): void {
  const part = `${file}.${process.pid}`;
  writeFileSync(part, script.createCachedData());
  renameSync(part, file);
}
