import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startNextcloud } from '../../e2e/stack/nextcloud/index.ts';
import type { FilesSignIn } from '../../preload/contract/accounts.ts';
import { createHttp } from '../http/http.ts';
import { silentLog } from '../log/silent.ts';
import { keptInMemory } from '../store/kept.ts';
import { EMPTY_BOOK } from './account.ts';
import { Accounts } from './accounts.ts';
import { FilesSignIns } from './files-sign-in.ts';
import { awaitGrant, startLoginFlow } from './login-flow.ts';
import { createSecretStore } from './secret-store.ts';

const http = createHttp(fetch);
const never = new AbortController().signal;
let folder: string;
let nextcloud: Awaited<ReturnType<typeof startNextcloud>>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flow-'));
  nextcloud = await startNextcloud({
    dataDir: folder,
    users: [{ uid: 'camille-uid', password: 'files', displayName: 'Camille' }],
  });
});
afterEach(async () => {
  await nextcloud.stop();
  await rm(folder, { recursive: true });
});

/** What a person does in their browser: opens the page, signs in, grants. */
async function grant(grantPage: string): Promise<void> {
  const cookies = new Map<string, string>();
  const visit = async (address: string, form?: URLSearchParams): Promise<string> => {
    const response = await fetch(new URL(address, nextcloud.url), {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; '), accept: 'text/html' },
      ...(form ? { body: form } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? [];
      cookies.set(name, value);
    }
    const next = response.headers.get('location');
    return next === null ? response.text() : visit(next);
  };
  const unescaped = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"');
  const submit = (page: string, more: Record<string, string>): Promise<string> => {
    const hidden = [...page.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
    const fields = hidden.map(([, name = '', value = '']): [string, string] => [name, unescaped(value)]);
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
    return visit(unescaped(action), new URLSearchParams([...fields, ...Object.entries(more)]));
  };
  const picker = await visit(grantPage);
  const form = await visit(unescaped(/class="button" href="([^"]+)"/.exec(picker)?.[1] ?? ''));
  const question = await submit(form, { user: 'camille-uid', password: 'files' });
  await submit(question, {});
}

async function signIns(openPage: (address: string) => Promise<void>) {
  const accounts = await Accounts.open({
    http,
    secrets: createSecretStore(folder, null, 'memory', silentLog),
    book: keptInMemory(EMPTY_BOOK),
    known: { policy: {}, brand: { chat: null, files: null } },
    mayAdd: () => true,
    deviceName: 'Traboule',
    wipePage: () => Promise.resolve(),
    wipeVisited: () => Promise.resolve(),
    log: silentLog,
  });
  const told: FilesSignIn[] = [];
  const { promise: ended, resolve } = Promise.withResolvers<FilesSignIn>();
  const tell = (step: FilesSignIn) => {
    told.push(step);
    if (step.step !== 'waiting') resolve(step);
  };
  const cameBack = vi.fn<() => void>();
  const deviceName = 'Traboule, PC de Camille';
  const flows = new FilesSignIns({ http, accounts, deviceName, openPage, tell, cameBack });
  return { accounts, told, ended, flows, cameBack };
}

describe('the file sign-in in the system browser', () => {
  it('is told as granted, with an app password of its own', async () => {
    const { accounts, told, ended, flows, cameBack } = await signIns(grant);
    await flows.start(nextcloud.url, never);
    expect(await ended).toEqual({ step: 'granted' });
    expect(cameBack).toHaveBeenCalledOnce();
    expect(told[0]).toEqual({ step: 'waiting' });
    expect(accounts.state().files).toEqual({
      status: 'signed-in',
      serverUrl: nextcloud.url,
      user: 'camille-uid',
    });
    expect(accounts.filesAccess()?.appPassword).toHaveLength(72);
  });

  it('is asked for once more when several folders are refused at once', async () => {
    const { accounts, ended, flows } = await signIns(grant);
    await flows.start(nextcloud.url, never);
    expect(await ended).toEqual({ step: 'granted' });
    const heard: string[] = [];
    accounts.onChange(({ files }) => heard.push(files.status));
    const [account] = accounts.all();
    await Promise.all([account?.filesExpired(), account?.filesExpired(), account?.filesExpired()]);
    await account?.filesExpired();
    expect(heard).toEqual(['expired']);
    expect(accounts.filesAccess()).toBeNull();
  });

  it('opens the same page again, and nothing when none waits', async () => {
    const pages: string[] = [];
    const { flows } = await signIns(async (address) => {
      pages.push(address);
    });
    await expect(flows.reopen()).rejects.toThrow('not-found');
    await flows.start(nextcloud.url, never);
    await flows.reopen();
    flows.cancel();
    expect(pages).toHaveLength(2);
    expect(pages[0]).toBe(pages[1]);
    await expect(flows.reopen()).rejects.toThrow('not-found');
  });

  it('takes nothing and is silent once cancelled, also when it is granted afterwards', async () => {
    const { accounts, told, flows } = await signIns(async (page) => {
      flows.cancel();
      await grant(page);
    });
    await flows.start(nextcloud.url, never);
    expect(told).toEqual([{ step: 'waiting' }]);
    expect(accounts.state().files.status).toBe('none');
  });

  it('gives back a grant that came when it was cancelled already', async () => {
    const { accounts } = await signIns(() => Promise.resolve());
    const appPassword = nextcloud.control.createAppPassword('camille-uid', 'Traboule');
    const cancelled = AbortSignal.abort();
    const granted = { serverUrl: nextcloud.url, loginName: 'camille-uid', appPassword };
    await expect(accounts.signInFiles(granted, cancelled)).rejects.toMatchObject({ code: 'cancelled' });
    expect(accounts.state().files.status).toBe('none');
    const authorization = `Basic ${Buffer.from(`camille-uid:${appPassword}`).toString('base64')}`;
    const answer = await fetch(`${nextcloud.url}/remote.php/dav/files/camille-uid/`, {
      method: 'PROPFIND',
      headers: { authorization },
    });
    expect(answer.status).toBe(401);
  });

  it('says at once that the server is in maintenance', async () => {
    nextcloud.control.set({ maintenance: true });
    const { told, flows } = await signIns(() => Promise.resolve());
    await expect(flows.start(nextcloud.url, never)).rejects.toMatchObject({ code: 'maintenance' });
    expect(told).toEqual([]);
  });

  it('waits through a network that fails meanwhile', async () => {
    const flow = await startLoginFlow(http, nextcloud.url, 'Traboule', never);
    nextcloud.control.addFault({ path: '*/poll', times: 2, effect: { kind: 'drop' } });
    await grant(flow.grantPage);
    const pace = { firstMs: 10, mostMs: 10, factor: 1, givesUpAfterMs: 60_000 };
    expect(await awaitGrant(http, flow, never, pace)).toMatchObject({ loginName: 'camille-uid' });
  });

  it('gives up when nobody grants it', async () => {
    const flow = await startLoginFlow(http, nextcloud.url, 'Traboule', never);
    const pace = { firstMs: 10, mostMs: 10, factor: 1, givesUpAfterMs: 50 };
    await expect(awaitGrant(http, flow, never, pace)).rejects.toMatchObject({ about: 'refused.files' });
  });
});
