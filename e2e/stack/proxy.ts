import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startProcess } from './process.ts';

/** Who is let in. */
interface Person {
  readonly user: string;
  readonly password: string;
}

/** A proxy on loopback that lets only those in who sign in. Whoever started it stops it. */
export interface ProxyServer {
  /** `127.0.0.1:port`, as policies name it. */
  readonly address: string;
  /** The requests that it let pass: a method and where to, each. */
  readonly passed: () => Promise<readonly string[]>;
  readonly stop: () => Promise<void>;
}

/** Starts squid, which asks for a name and password by HTTP's basic scheme (RFC 7617). */
export async function startProxy({ user, password }: Person): Promise<ProxyServer> {
  // Started by root, squid works as somebody else, who can't reach what is below root's own folder.
  const folder = await mkdtemp(join(tmpdir(), 'traboule-proxy-'));
  await chmod(folder, 0o777);
  const port = await freePort();
  const log = join(folder, 'access.log');
  const doorkeeper = join(folder, 'doorkeeper.sh');
  await writeFile(doorkeeper, doorkeeperFor({ user, password }), { mode: 0o755 });
  const lines = [
    `http_port 127.0.0.1:${port}`,
    'pid_filename none',
    'cache deny all',
    `cache_log ${join(folder, 'squid.log')}`,
    `access_log stdio:${log}`,
    'buffered_logs off',
    'shutdown_lifetime 0 seconds',
    `auth_param basic program /bin/sh ${doorkeeper}`,
    'auth_param basic realm Métropole',
    'auth_param basic credentialsttl 1 minute',
    'acl known proxy_auth REQUIRED',
    'http_access allow known',
    'http_access deny all',
  ];
  const settings = join(folder, 'squid.conf');
  await writeFile(settings, `${lines.join('\n')}\n`);
  const running = startProcess('squid', ['-N', '-f', settings]);
  await Promise.race([answers(port), running.ended.then((said) => Promise.reject(new Error(said)))]);
  return {
    address: `127.0.0.1:${port}`,
    passed: async () => {
      const requests = [...(await readFile(log, 'utf8')).matchAll(/ \w+\/(\d+) \d+ (\S+ \S+)/g)];
      return requests.flatMap(([, status, request = '']) => (status === '407' ? [] : [request]));
    },
    stop: async () => {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What squid asks about each name and password, a line each. */
function doorkeeperFor({ user, password }: Person): string {
  return `while read -r user password; do
  if [ "$user $password" = "${user} ${password}" ]; then echo OK; else echo ERR; fi
done
`;
}

/** Resolves when somebody listens there. */
async function answers(port: number): Promise<void> {
  for (;;) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true));
      socket.once('error', () => setTimeout(resolve, 50, false));
      socket.once('connect', () => socket.destroy());
    });
    if (isThere) return;
  }
}
