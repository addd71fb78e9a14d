import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';

/**
 * Plays npm: `ci` tells its number, waits until the folder says `go`, and brings a Node. Told `fail`, it fails.
 * Its waiting ends when the test takes its folder away.
 */
const NPM = `#!/bin/sh
[ "$1" = ci ] || exit 0
echo ci >> asked
rm -rf node_modules
mkdir -p node_modules/.bin
while [ ! -e go ]; do [ -e asked ] || exit 1; sleep 0.02; done
[ -e fail ] && { echo 'npm error network' >&2; exit 1; }
ln -sf ${process.execPath} node_modules/.bin/node
echo done >> asked
`;
const MAIN = `if (process.argv[2] === 'wait') {
  process.on('SIGTERM', () => { console.log('told to end'); process.exit(7); });
  setInterval(() => {}, 1000);
}
console.log('runs', process.argv.slice(2).join(' '));
if (process.argv[2] === 'five') process.exit(5);`;

let clone: string;

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'traboule-run-'));
  await mkdir(join(clone, 'e2e/setup'), { recursive: true });
  await mkdir(join(clone, 'tools'));
  await cp(new URL('run.mjs', import.meta.url), join(clone, 'e2e/setup/run.mjs'));
  await writeFile(join(clone, 'e2e/setup/main.ts'), MAIN);
  await writeFile(join(clone, 'package-lock.json'), '{"packages":{"":{},"node_modules/node":{}}}');
  await writeFile(join(clone, 'tools/npm'), NPM);
  await chmod(join(clone, 'tools/npm'), 0o755);
});

afterEach(() => rm(clone, { recursive: true, force: true, maxRetries: 5 }));

const put = (name: string) => writeFile(join(clone, name), '');
const asked = async () => (await readFile(join(clone, 'asked'), 'utf8')).trim().split('\n');

function start(...args: string[]): ChildProcess {
  const PATH = [join(clone, 'tools'), process.env['PATH']].join(delimiter);
  const script = join(clone, 'e2e/setup/run.mjs');
  return spawn(process.execPath, [script, ...args], { stdio: 'pipe', env: { ...process.env, PATH } });
}

async function ends(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('no output');
  const [[code], out, error] = await Promise.all([once(child, 'exit'), text(stdout), text(stderr)]);
  return { code, said: `${out}${error}` };
}

/** Waits until npm was started. */
async function npmRuns(child: ChildProcess): Promise<void> {
  await once(child.stderr ?? child, 'data');
  await expect.poll(() => existsSync(join(clone, 'asked')), { timeout: 15_000 }).toBe(true);
}

test('packages are installed once, then the command runs under their Node and its exit code is told', async () => {
  await put('go');
  const first = await ends(start('five', '--why'));
  expect(first).toEqual({ code: 5, said: expect.stringContaining('runs five --why') });
  expect(first.said).toContain('Packages: installing what package-lock.json names');
  expect((await ends(start('check'))).said).toBe('runs check\n');
  expect(await asked()).toEqual(['ci', 'done']);
});

test('another lock file is installed again', async () => {
  await put('go');
  await ends(start('check'));
  await appendFile(join(clone, 'package-lock.json'), '\n');
  await ends(start('check'));
  expect(await asked()).toEqual(['ci', 'done', 'ci', 'done']);
});

test('an installation that fails says what, why and what to do, and leaves nothing', async () => {
  await put('go');
  await put('fail');
  const { code, said } = await ends(start('check'));
  expect(code).toBe(1);
  expect(said).toMatch(/npm error network[^]*could not be installed[^]*Why: [^]*What to do: Check that/);
  expect(existsSync(join(clone, 'node_modules'))).toBe(false);
});

test('Ctrl-C in the midst of it leaves nothing', async () => {
  const child = start('check');
  const ended = ends(child);
  await npmRuns(child);
  child.kill('SIGINT');
  expect(await ended).toEqual({ code: 130, said: expect.stringContaining('Stopped.') });
  expect(existsSync(join(clone, 'node_modules'))).toBe(false);
});

test('two commands at the same time install once', async () => {
  const [first, second] = [start('one'), start('two')];
  const ended = Promise.all([ends(first), ends(second)]);
  await expect.poll(() => existsSync(join(clone, 'asked')), { timeout: 15_000 }).toBe(true);
  await put('go');
  expect((await ended).map(({ code }) => code)).toEqual([0, 0]);
  expect(await asked()).toEqual(['ci', 'done']);
});

test('after a power cut the next one waits for the npm that lives on, then does its own work', async () => {
  const child = start('check');
  await npmRuns(child);
  child.kill('SIGKILL');
  const next = ends(start('check'));
  await put('go');
  expect((await next).code).toBe(0);
  expect(await asked()).toEqual(['ci', 'done', 'ci', 'done']);
});

test('who is told to end tells the command, and waits for it', async () => {
  await put('go');
  const child = start('wait');
  const ended = ends(child);
  await once(child.stdout ?? child, 'data');
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 7, said: expect.stringContaining('told to end') });
});

test('the command ends when the shell that npm started it through is gone', async () => {
  await put('go');
  await ends(start('check'));
  const script = join(clone, 'e2e/setup/run.mjs');
  const shell = spawn('sh', ['-c', `${process.execPath} ${script} wait; true`], { stdio: 'pipe' });
  const said = text(shell.stdout);
  await once(shell.stdout, 'data');
  shell.kill('SIGKILL');
  expect(await said).toContain('told to end');
});
