import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Nextcloud, startNextcloud } from '../../stack/nextcloud/index.ts';
import { stated } from './many-files.ts';

/** What both clients sync with. */
export interface Account {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** A folder that is this bench's alone; `''` for all of the account. */
  readonly root: string;
  /** Requests since the last call; nothing when the server can't be asked. */
  takeRequests(): number | undefined;
  /** What the server offers from now on; false when it can't be told. */
  offer(what: { readonly bulkUpload: boolean; readonly folderArchive: boolean }): boolean;
  makeFolder(path: string): Promise<void>;
  put(path: string, content: string, mtime: number): Promise<void>;
  remove(path: string): Promise<void>;
  close(): Promise<void>;
}

const environment = z.object({
  BENCH_NEXTCLOUD_URL: z.url().optional(),
  BENCH_NEXTCLOUD_USER: z.string().optional(),
  BENCH_NEXTCLOUD_PASSWORD: z.string().optional(),
});

/** Opens the server that the environment names, in a new folder there, or starts the stand-in. */
export async function openAccount(dataDir: string): Promise<Account> {
  const {
    BENCH_NEXTCLOUD_URL: url,
    BENCH_NEXTCLOUD_USER: user,
    BENCH_NEXTCLOUD_PASSWORD: password,
  } = environment.parse(process.env);
  if (url === undefined) return startStandIn(dataDir);
  if (user === undefined || password === undefined)
    throw new Error('BENCH_NEXTCLOUD_USER and BENCH_NEXTCLOUD_PASSWORD (an app password) are needed too');
  const dav = new Dav(url, user, password);
  const root = `/traboule-bench-${randomBytes(4).toString('hex')}`;
  await dav.send('MKCOL', root);
  return {
    ...dav.calls(root),
    url,
    user,
    password,
    root,
    takeRequests: () => undefined,
    offer: () => false,
    close: async () => {
      await dav.send('DELETE', root);
    },
  };
}

/** Where the figures come from, for the head of the table. */
export function serverName(): string {
  return environment.parse(process.env).BENCH_NEXTCLOUD_URL ?? 'the stand-in on this computer';
}

async function startStandIn(dataDir: string): Promise<Account> {
  const server: Nextcloud = await startNextcloud({
    dataDir,
    users: [{ uid: 'ana', password: 'unused', displayName: 'Ana' }],
    version: '31.0.8',
    notifyPush: true,
  });
  const password = server.control.createAppPassword('ana', 'bench');
  return {
    ...new Dav(server.url, 'ana', password).calls(''),
    url: server.url,
    user: 'ana',
    password,
    root: '',
    takeRequests: () => {
      const { length } = server.requests();
      server.resetRequestLog();
      return length;
    },
    offer: (what) => {
      server.control.set(what);
      return true;
    },
    close: () => server.stop(),
  };
}

/** Plain requests, to prepare what is measured. */
class Dav {
  readonly #base: string;
  readonly #authorization: string;

  constructor(url: string, user: string, password: string) {
    this.#base = `${url.replace(/\/$/, '')}/remote.php/dav/files/${encodeURIComponent(user)}`;
    this.#authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }

  async send(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<void> {
    const response = await fetch(`${this.#base}${encodeURI(path)}`, {
      method,
      headers: { ...headers, authorization: this.#authorization },
      body: body ?? null,
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  }

  calls(root: string): Pick<Account, 'makeFolder' | 'put' | 'remove'> {
    return {
      makeFolder: (path) => this.send('MKCOL', `${root}/${path}`),
      remove: (path) => this.send('DELETE', `${root}/${path}`),
      put: (path, content, mtime) => {
        const headers = { 'x-oc-mtime': String(mtime), 'oc-checksum': stated(content) };
        return this.send('PUT', `${root}/${path}`, headers, content);
      },
    };
  }
}
