#!/usr/bin/env node
// What every npm script of the project calls: `node e2e/setup/run.mjs COMMAND [ARGUMENTS]`.
// Runs on the machine's own Node, with no packages there yet: installs exactly what the lock file names if that
// changed, then hands over to main.ts under the Node that came with the packages. Only this file must be JavaScript.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const modules = join(root, 'node_modules');
const bin = join(modules, '.bin');
const ownNode = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');
const stamp = join(modules, '.traboule-ready');

const say = (text) => process.stderr.write(`${text}\n`);

function stop(what, why, todo) {
  say(`\n${what}\n  Why: ${why}\n  What to do: ${todo}`);
  process.exit(1);
}

function checkNode() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major >= OLDEST_NODE) return;
  const todo = `Install Node ${OLDEST_NODE} or newer, then run the same command again.`;
  stop('Node is too old.', `This is Node ${process.versions.node}.`, todo);
}

function checkNpm() {
  if (spawnSync('npm', ['--version'], { shell: process.platform === 'win32' }).status === 0) return;
  stop(
    'npm was not found.',
    'It comes with Node, and `npm --version` did not work.',
    'Install npm beside Node.',
  );
}

const fingerprint = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
const isInstalled = () =>
  existsSync(ownNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();

/** Runs a task while no other process does so for this folder. Linux frees the name when its holder dies. */
async function alone(task) {
  const name = `\0traboule-install-${createHash('sha256').update(root).digest('hex').slice(0, 32)}`;
  for (;;) {
    const server = createServer();
    const problem = await new Promise((resolve) => {
      server.once('error', resolve);
      server.listen(process.platform === 'linux' ? name : 0, () => resolve(undefined));
    });
    if (problem?.code === 'EADDRINUSE') {
      await sleep(500);
      continue;
    }
    try {
      return task();
    } finally {
      server.close();
    }
  }
}

function install() {
  if (isInstalled()) return;
  say('Packages: installing what package-lock.json names (one to two minutes) ...');
  const started = Date.now();
  checkNpm();
  rmSync(stamp, { force: true });
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' };
  const done = spawnSync('npm', args, options).status === 0;
  const works = done && spawnSync(ownNode, ['--version']).status === 0;
  if (!works) {
    const why = done ? 'The Node among the packages does not run.' : 'npm said so above.';
    const todo =
      'Check that the npm registry is reached (npm ping), then run the same command again: it starts afresh.';
    stop('The packages could not be installed.', why, todo);
  }
  writeFileSync(stamp, fingerprint());
  say(`Packages: installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

function handOver() {
  const env = { ...process.env, PATH: bin + delimiter + (process.env.PATH ?? '') };
  if (
    process.env.HTTPS_PROXY ||
    process.env.https_proxy ||
    process.env.HTTP_PROXY ||
    process.env.http_proxy
  ) {
    // Node reads the proxy settings only when told to; our own servers stand on this machine.
    env.NODE_USE_ENV_PROXY = '1';
    env.NO_PROXY = [process.env.NO_PROXY ?? process.env.no_proxy, '127.0.0.1', 'localhost']
      .filter(Boolean)
      .join(',');
  }
  const args = [join(root, 'e2e/setup/main.ts'), ...process.argv.slice(2)];
  const child = spawn(ownNode, args, { stdio: 'inherit', env });
  // Ctrl-C reaches the child by itself; it decides when it has tidied up.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

checkNode();
if (!isInstalled()) await alone(install);
handOver();
