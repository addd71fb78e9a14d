import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { FilesAccess } from '../../main/accounts/accounts.ts';
import { Dav } from '../../main/files/dav.ts';
import { type FilesProgram, openFilesProgram } from '../../main/files/testing-program.ts';
import { createHttp } from '../../main/http/http.ts';
import type { Transfer } from '../../preload/contract/files.ts';
import { startNextcloud } from './nextcloud/index.ts';

/** The salon of all these tests. */
export const SALON = '!quais:m.example';
/** Of a page that waits as long as it takes. */
export const never = new AbortController().signal;

/** A file server with two people, and their programs; for tests. */
export class FilesScene {
  /** Everything that the scene writes is in it. */
  readonly root: string;
  readonly nextcloud: Awaited<ReturnType<typeof startNextcloud>>;
  readonly #programs: FilesProgram[] = [];

  constructor(root: string, nextcloud: FilesScene['nextcloud']) {
    this.root = root;
    this.nextcloud = nextcloud;
  }

  /** The files domain of one person's program; with what it kept, as after a restart. */
  program(user: string, kepts?: FilesProgram['kepts']): FilesProgram {
    const program = openFilesProgram(this.#accessOf(user), join(this.root, user), kepts);
    this.#programs.push(program);
    return program;
  }

  /** Has a program keep the folder of the salon at the suggested place. */
  async follow(one: FilesProgram, fileId: string, name = 'Quais'): Promise<void> {
    await one.handlers.choosePlace({ how: 'suggested', keep: 'all' }, never);
    const folder = { server: this.nextcloud.url, fileId, name, access: 'shares' as const };
    await one.handlers.follow({ salons: [{ salonId: SALON, name, folder }] }, never);
  }

  /** One WebDAV request about a person's file, as another program makes it. */
  dav(
    user: string,
    method: string,
    path: string,
    body?: string,
    more: Record<string, string> = {},
  ): Promise<Response> {
    const url = `${this.nextcloud.url}/remote.php/dav/files/${user}${path.split('/').map(encodeURIComponent).join('/')}`;
    const headers = { authorization: basic(user), ...more };
    return fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  }

  /** Makes Nadia's folder of a salon; answers its file id. */
  async makeRemoteFolder(name: string): Promise<string> {
    await this.dav('nadia', 'MKCOL', '/Salons');
    await this.dav('nadia', 'MKCOL', `/Salons/${name}`);
    const dav = new Dav(createHttp(fetch), this.#accessOf('nadia'));
    const [entry] = (await dav.list(`/Salons/${name}`, '0')) ?? [];
    return entry?.fileId ?? '';
  }

  /** Nadia shares a folder with somebody who may do all but share it on. */
  async share(path: string, shareWith: string): Promise<void> {
    await fetch(`${this.nextcloud.url}/ocs/v2.php/apps/files_sharing/api/v1/shares`, {
      method: 'POST',
      headers: { authorization: basic('nadia'), 'ocs-apirequest': 'true' },
      body: new URLSearchParams({ path, shareType: '0', shareWith, permissions: '15' }),
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.close()));
    await this.nextcloud.stop();
    await rm(this.root, { recursive: true });
  }

  #accessOf(user: string): FilesAccess {
    return { serverUrl: this.nextcloud.url, userId: user, loginName: user, appPassword: user };
  }
}

/** Starts the server of a scene, with Nadia and Karim. */
export async function startFilesScene(): Promise<FilesScene> {
  const root = await mkdtemp(join(tmpdir(), 'files-'));
  const users = ['nadia', 'karim'].map((uid) => ({ uid, password: uid, displayName: uid }));
  return new FilesScene(root, await startNextcloud({ dataDir: join(root, 'cloud'), users }));
}

/** Waits until the folder is in sync. */
export const settled = (one: FilesProgram): Promise<void> =>
  vi.waitFor(() => expect(one.activity()).toEqual({ state: 'up-to-date' }), { timeout: 10_000 });

/** Where a transfer was when the program last told of it. */
export const stepOf = (one: FilesProgram, transfer: Transfer | undefined): Transfer['step'] | undefined =>
  one.told.findLast(({ transferId }) => transferId === transfer?.transferId)?.step;

function basic(user: string): string {
  return `Basic ${Buffer.from(`${user}:${user}`).toString('base64')}`;
}
