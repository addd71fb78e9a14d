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
const TELL_EVERY_MS = 5000;
const STOPPED = 130;
const isWindows = process.platform === 'win32';
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const modules = join(root, 'node_modules');
const lockFile = join(root, 'package-lock.json');
const bin = join(modules, '.bin');
const ownNode = join(bin, isWindows ? 'node.cmd' : 'node');
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
  if (spawnSync('npm', ['--version'], { shell: isWindows }).status === 0) return;
  stop(
    'npm was not found.',
    'It comes with Node, and `npm --version` did not work.',
    'Install npm beside Node.',
  );
}

const fingerprint = () => createHash('sha256').update(readFileSync(lockFile)).digest('hex');
const isInstalled = () =>
  existsSync(ownNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();

/**
 * Runs a task while no other process does so for this folder. The lock is a name that Linux frees when all who
 * hold it are dead: the task gets it to hand it on to what it starts, which may outlive this process.
 */
async function alone(task) {
  const name = `\0traboule-install-${createHash('sha256').update(root).digest('hex').slice(0, 32)}`;
  for (;;) {
    const lock = createServer();
    const problem = await new Promise((resolve) => {
      lock.once('error', resolve);
      lock.listen(process.platform === 'linux' ? name : 0, () => resolve(undefined));
    });
    if (problem?.code === 'EADDRINUSE') {
      await sleep(500);
      continue;
    }
    try {
      return await task(lock);
    } finally {
      lock.close();
    }
  }
}

/** The places of all packages that this machine gets, below the project's folder. */
function places() {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
  const fits = (names, own) => !names || names.includes(own);
  return Object.entries(packages)
    .filter(([place, { os, cpu }]) => place && fits(os, process.platform) && fits(cpu, process.arch))
    .map(([place]) => join(root, place));
}

/** Tells now and then how many packages are there, until the answer is called. */
function tellProgress() {
  const all = places();
  const timer = setInterval(() => {
    const count = all.filter((place) => existsSync(join(place, 'package.json'))).length;
    say(`  ${count} of ${all.length} packages`);
  }, TELL_EVERY_MS);
  return () => clearInterval(timer);
}

/** Runs npm ci and resolves with whether it ended well. */
function npmCi(lock) {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // The lock's descriptor: Node has no other word for it. Where there is none, npm goes without.
  const held = Reflect.get(lock, '_handle')?.fd ?? 'ignore';
  const stdio = ['ignore', 2, 2, process.platform === 'linux' ? held : 'ignore'];
  // Heard before there is an npm: a signal in between would end this process alone, and npm would go on by itself.
  const end = () => npm.kill('SIGTERM');
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, end);
  const npm = spawn('npm', args, { cwd: root, stdio, shell: isWindows });
  return new Promise((resolve) => {
    npm.once('exit', (code) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, end);
      resolve({ code, wasStopped: npm.killed });
    });
  });
}

async function install(lock) {
  if (isInstalled()) return;
  say('Packages: installing what package-lock.json names (one to two minutes) ...');
  const started = Date.now();
  checkNpm();
  rmSync(stamp, { force: true });
  const endTelling = tellProgress();
  const { code, wasStopped } = await npmCi(lock);
  endTelling();
  const works = code === 0 && spawnSync(ownNode, ['--version'], { shell: isWindows }).status === 0;
  if (wasStopped || !works) rmSync(modules, { recursive: true, force: true, maxRetries: 5 });
  if (wasStopped) {
    say('\nStopped. Nothing half-made was left behind.');
    process.exit(STOPPED);
  }
  if (!works) {
    const why = code === 0 ? 'The Node among the packages does not run.' : 'npm said so above.';
    const todo =
      'Check that the npm registry is reached (npm ping), then run the same command again: it starts afresh.';
    stop('The packages could not be installed. Nothing half-made was left behind.', why, todo);
  }
  writeFileSync(stamp, fingerprint());
  say(`Packages: installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

function environment() {
  const { env } = process;
  const path = { ...env, PATH: bin + delimiter + (env.PATH ?? '') };
  if (!(env.HTTPS_PROXY || env.https_proxy || env.HTTP_PROXY || env.http_proxy)) return path;
  // Node reads the proxy settings only when told to; our own servers stand on this machine.
  const direct = [env.NO_PROXY ?? env.no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
  return { ...path, NODE_USE_ENV_PROXY: '1', NO_PROXY: direct };
}

function handOver() {
  const args = [join(root, 'e2e/setup/main.ts'), ...process.argv.slice(2)];
  const child = spawn(ownNode, args, { stdio: 'inherit', env: environment(), shell: isWindows });
  // The child decides when it has tidied up. Ctrl-C may reach it by itself too; that is the same to it.
  process.on('SIGINT', () => child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
  endWithParent(() => child.kill('SIGTERM'));
}

/** npm starts this through a shell, which does not hand on what npm is told: its death has to do. */
function endWithParent(end) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, 1000);
  watch.unref();
}

checkNode();
if (!isInstalled()) await alone(install);
handOver();
