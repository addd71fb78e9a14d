import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCommand } from '../setup/apt.ts';
import { buildOnce, CACHE_HOME, fingerprint } from '../setup/cache.ts';
import { runCommand } from '../setup/command.ts';
import { pythonWithPip } from '../setup/python.ts';

/** A WebDAV server that is no Nextcloud, with its files as files on this disk. */
export interface DavServer {
  readonly url: string;
  /** The folder that it shows. */
  readonly files: string;
  stop(): Promise<void>;
}

const wsgidav = ['wsgidav==4.4.0', 'cheroot==11.1.2'];
const modules = '/usr/lib/apache2/modules';

/** Starts Debian's Apache with mod_dav; the set-up of the tests brought it. */
export async function startApache(): Promise<DavServer> {
  const base = makeBase();
  const port = await freePort();
  const isRoot = process.getuid?.() === 0;
  const settings = [
    `ServerRoot ${base}`,
    'ServerName 127.0.0.1',
    `Listen 127.0.0.1:${port}`,
    `PidFile ${base}/run/pid`,
    `DefaultRuntimeDir ${base}/run`,
    `ErrorLog ${base}/error.log`,
    ...['mpm_event', 'authz_core', 'dav', 'dav_fs'].map(
      (name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`,
    ),
    ...(isRoot ? ['User www-data', 'Group www-data'] : []),
    `DocumentRoot ${base}/files`,
    `DavLockDB ${base}/run/lock`,
    `<Directory ${base}/files>`,
    'Dav On',
    'Require all granted',
    '</Directory>',
  ];
  writeFileSync(join(base, 'httpd.conf'), `${settings.join('\n')}\n`);
  if (isRoot) giveToApache([`${base}/files`, `${base}/run`]);
  const command = isCommand('apache2') ? 'apache2' : '/usr/sbin/apache2';
  const child = spawn(command, ['-d', base, '-f', join(base, 'httpd.conf'), '-DFOREGROUND'], {
    stdio: 'ignore',
  });
  return whenReady(child, base, port);
}

/** Starts a pinned WsgiDAV in a Python environment of its own, made at first. */
export async function startWsgidav(): Promise<DavServer> {
  const python = await pythonWithPip();
  const folder = join(
    CACHE_HOME,
    'wsgidav',
    fingerprint(await runCommand(python, ['--version']), ...wsgidav),
  );
  await buildOnce(folder, async (work) => {
    await runCommand(python, ['-m', 'venv', work]);
    const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--progress-bar', 'off'];
    await runCommand(join(work, 'bin', 'python'), [...install, ...wsgidav]);
  });
  const base = makeBase();
  const port = await freePort();
  const args = ['-m', 'wsgidav.server.server_cli', '--host', '127.0.0.1', '--port', String(port)];
  const more = ['--root', join(base, 'files'), '--auth', 'anonymous', '--quiet', '--no-config'];
  const child = spawn(join(folder, 'bin', 'python'), [...args, ...more], { stdio: 'ignore' });
  return whenReady(child, base, port);
}

/** Apache gives up root's rights and writes as a user of its own. */
function giveToApache(folders: readonly string[]): void {
  const [, , uid, gid] = (/^www-data:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0] ?? '').split(':');
  for (const folder of folders) chownSync(folder, Number(uid), Number(gid));
}

function makeBase(): string {
  const base = mkdtempSync(join(tmpdir(), 'traboule-dav-'));
  for (const name of ['files', 'run']) mkdirSync(join(base, name));
  // Readable on the way to the files for whoever the server runs as.
  chmodSync(base, 0o755);
  return base;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function whenReady(child: ChildProcess, base: string, port: number): Promise<DavServer> {
  const url = `http://127.0.0.1:${port}/`;
  for (let isReady = false; !isReady; ) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}; see ${base}`);
    isReady = await fetch(url, { method: 'OPTIONS' }).then(
      () => true,
      () => false,
    );
    if (!isReady) await new Promise((resume) => setTimeout(resume, 50));
  }
  return {
    url,
    files: join(base, 'files'),
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      rmSync(base, { recursive: true, force: true });
    },
  };
}
