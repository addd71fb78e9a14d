import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalFailure } from '../model/failures.ts';
import { type LocalPath, localPath } from '../model/paths.ts';
import { moveExclusive, replace } from './renames.ts';

/** A system on which the race is lost at all does so some times in this many. */
const rounds = 2500;
/** On a computer that is busy with other things there are fewer rounds; ms. */
const mostTime = 8000;

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'traboule-renames-'));
  for (const name of ['attic', 'displaced', 'new']) mkdirSync(join(base, name));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** Another program that saves one file again and again as careful editors do: the old version aside, the new in its place. */
const editor = `
  import { linkSync, renameSync, writeFileSync } from 'node:fs';
  const base = process.argv[1];
  console.log('begins');
  for (let save = 0; save < 100000; save += 1) {
    const made = base + '/new/' + save;
    writeFileSync(made, 'saved ' + save);
    try {
      renameSync(base + '/target', base + '/attic/' + save);
      linkSync(made, base + '/target');
      console.log(save);
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
    }
  }
`;

/** What was saved while something else was done to the same name again and again, and is nowhere any more. */
async function lostWhile(act: (round: number) => void): Promise<readonly string[]> {
  const target = join(base, 'target');
  writeFileSync(target, 'first');
  const child = spawn(process.execPath, ['--input-type=module', '-e', editor, base]);
  const saved: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n')) if (/^\d+$/.test(line)) saved.push(`saved ${line}`);
  });
  await once(child.stdout, 'data');
  try {
    const end = performance.now() + mostTime;
    for (let round = 0; round < rounds && performance.now() < end; round += 1) {
      try {
        act(round);
      } catch (error) {
        if (!isMet(error)) throw error;
      }
      if (round % 50 === 0) await new Promise(setImmediate);
    }
  } finally {
    child.kill();
    await once(child, 'close');
  }
  const kept = new Set(
    ['.', 'attic', 'displaced'].flatMap(filesIn).map((path) => readFileSync(path, 'utf8')),
  );
  expect(saved.length).toBeGreaterThan(10);
  return saved.filter((content) => !kept.has(content));
}

/** The other program was there first. */
function isMet(error: unknown): boolean {
  if (error instanceof LocalFailure) return true;
  return error instanceof Error && 'code' in error && ['ENOENT', 'EEXIST'].includes(String(error.code));
}

function filesIn(folder: string): string[] {
  return readdirSync(join(base, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(base, folder, name));
}

const at = (...names: readonly string[]): LocalPath => localPath(join(base, ...names));

test('a version that another program saves in the very instant of a replacement is never overwritten', async () => {
  const lost = await lostWhile((round) => {
    writeFileSync(at('temporary'), `replaced ${round}`);
    replace(at('temporary'), at('target'), at('displaced', String(round)));
  });
  expect(lost).toEqual([]);
});

test('a version that another program saves in the very instant of a move is never taken away', async () => {
  const lost = await lostWhile((round) => {
    moveExclusive(at('target'), at('displaced', String(round)));
    writeFileSync(at('target'), `again ${round}`, { flag: 'wx' });
  });
  expect(lost).toEqual([]);
});
