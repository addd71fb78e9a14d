import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startNextcloud } from '../../e2e/stack/nextcloud/index.ts';
import type { NewMember } from '../../preload/contract/salons.ts';
import type { FilesAccess } from '../accounts/accounts.ts';
import { serveAnswers } from '../accounts/testing.ts';
import { createHttp } from '../http/http.ts';
import { keptInMemory } from '../store/kept.ts';
import { type CreationNote, Creations } from './creations.ts';
import { Dav } from './dav.ts';
import { locateFolders } from './locate.ts';
import { fileUserOf } from './share.ts';

const http = createHttp(fetch);
let folder: string;
let nextcloud: Awaited<ReturnType<typeof startNextcloud>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'creations-'));
  const users = ['nadia', 'karim', 'sophie'].map((uid) => ({ uid, password: uid, displayName: uid }));
  nextcloud = await startNextcloud({ dataDir: folder, users });
});
afterAll(async () => {
  await nextcloud.stop();
  await rm(folder, { recursive: true });
});
afterEach(() => nextcloud.control.clearFaults());

const accessOf = (user: string): FilesAccess => ({
  serverUrl: nextcloud.url,
  userId: user,
  loginName: user,
  appPassword: user,
});
const davOf = (user: string) => new Dav(http, accessOf(user));
const member = (user: string, role: NewMember['role'] = 'agent', server = 'm.example'): NewMember => ({
  userId: `@${user}:${server}`,
  displayName: user,
  role,
});
function creationsOf(user: string, notes = keptInMemory<readonly CreationNote[]>([])) {
  const tellPending = vi.fn<() => void>();
  const mapping = () => ({ template: '{localpart}', ownServer: 'm.example' });
  const links = new Map<string, number>();
  const creations = new Creations({
    http,
    access: () => accessOf(user),
    mapping,
    notes,
    linksTo: ({ fileId }) => links.get(fileId) ?? 1,
    tellPending,
  });
  return { creations, notes, tellPending, links };
}
const lettersAt = async (user: string, path: string) => (await davOf(user).list(path, '0'))?.[0]?.permissions;

describe("a salon's folder", () => {
  let name: string;
  beforeEach(() => {
    name = `Quais ${randomUUID().slice(0, 8)}`;
  });

  it('is made and opened: agents change everything, partners read and add', async () => {
    const { creations } = creationsOf('nadia');
    const { folder: link, notShared } = await creations.make(randomUUID(), name, [
      member('nadia'),
      member('karim'),
      member('sophie', 'partner'),
    ]);
    expect(notShared).toEqual([]);
    expect(link).toMatchObject({ server: nextcloud.url, name, access: 'shares' });
    expect(await lettersAt('karim', `/${name}`)).toMatch(/^S?GD.*N?V?CK$/);
    expect(await lettersAt('sophie', `/${name}`)).toContain('CK');
    const found = await locateFolders(davOf('karim'), new Set([link.fileId]));
    expect(found.get(link.fileId)).toBe(`/${name}`);
    const own = await locateFolders(davOf('nadia'), new Set([link.fileId, '999999']));
    expect([...own]).toEqual([[link.fileId, `/Salons/${name}`]]);
  });

  it('says with whom it could not be shared, and is made all the same', async () => {
    const { creations } = creationsOf('nadia');
    const { notShared } = await creations.make(randomUUID(), name, [
      member('nobody'),
      member('karim', 'agent', 'elsewhere.example'),
      member('karim'),
    ]);
    expect(notShared).toEqual([
      { userId: '@nobody:m.example', reason: 'no-file-account' },
      { userId: '@karim:elsewhere.example', reason: 'no-file-account' },
    ]);
  });

  it('never takes the place of another: it gets a number', async () => {
    const { creations } = creationsOf('nadia');
    const first = await creations.make(randomUUID(), name, []);
    const second = await creations.make(randomUUID(), name.toUpperCase(), []);
    expect(second.folder.fileId).not.toBe(first.folder.fileId);
    const found = await locateFolders(davOf('nadia'), new Set([second.folder.fileId]));
    expect(found.get(second.folder.fileId)).toBe(`/Salons/${name.toUpperCase()} (2)`);
  });

  it.each([
    ['MKCOL', '*/Salons/*'],
    ['PROPFIND', '*/Salons/*'],
    ['POST', '*/shares*'],
  ])('goes on where it was cut off at %s %s', async (method, path) => {
    const { creations, notes } = creationsOf('nadia');
    const id = randomUUID();
    nextcloud.control.addFault({ method, path, effect: { kind: 'drop-answer' } });
    await expect(creations.make(id, name, [member('karim')])).rejects.toMatchObject({ code: 'unreachable' });
    expect(notes.value).toHaveLength(1);
    const { folder: link } = await creationsOf('nadia', notes).creations.make(id, name, [member('karim')]);
    const own = await locateFolders(davOf('nadia'), new Set([link.fileId]));
    expect(own.get(link.fileId)).toBe(`/Salons/${name}`);
    const salons = (await davOf('nadia').list('/Salons', '1')) ?? [];
    expect(salons.filter((entry) => entry.path.startsWith(`/Salons/${name}`))).toHaveLength(1);
  });

  it('waits to be confirmed, also over a restart', async () => {
    const { creations, notes } = creationsOf('nadia');
    const id = randomUUID();
    const { folder: link } = await creations.make(id, name, []);
    const later = creationsOf('nadia', notes);
    expect(later.creations.pending()).toEqual([{ creationId: id, name, folder: link }]);
    await later.creations.confirm(id);
    expect(later.creations.pending()).toEqual([]);
    expect(later.tellPending).toHaveBeenCalledWith([]);
  });

  it('is taken back when the room could not be made, but not what somebody wrote', async () => {
    const { creations } = creationsOf('nadia');
    const [empty, written] = [randomUUID(), randomUUID()];
    const { folder: first } = await creations.make(empty, name, [member('karim')]);
    const { folder: second } = await creations.make(written, `${name} b`, [member('karim')]);
    const authorization = `Basic ${Buffer.from('karim:karim').toString('base64')}`;
    const url = `${nextcloud.url}/remote.php/dav/files/karim/${encodeURIComponent(`${name} b`)}/plan.txt`;
    expect((await fetch(url, { method: 'PUT', body: 'plan', headers: { authorization } })).status).toBe(201);
    await creations.undo(empty);
    await creations.undo(written);
    await creations.undo(written);
    const left = await locateFolders(davOf('nadia'), new Set([first.fileId, second.fileId]));
    expect([...left.keys()]).toEqual([second.fileId]);
    expect(creations.pending()).toEqual([]);
    expect(existsSync(folder)).toBe(true);
  });

  it('opens to someone invited later, by whom it may be shared', async () => {
    const { creations } = creationsOf('nadia');
    const { folder: link } = await creations.make(randomUUID(), name, [member('karim')]);
    expect(await creations.share(link, [member('sophie', 'partner')])).toEqual({ notShared: [] });
    expect((await locateFolders(davOf('sophie'), new Set([link.fileId]))).size).toBe(1);
    const byKarim = await creationsOf('karim').creations.share(link, [member('sophie')]);
    expect(byKarim.notShared).toEqual([{ userId: '@sophie:m.example', reason: 'refused' }]);
    await expect(
      creationsOf('sophie').creations.share({ ...link, fileId: '987654' }, []),
    ).rejects.toMatchObject({
      about: 'not-found.folder',
    });
  });
});

/** Whoever may write a salon's state can name any file id in it, and ids can be guessed. */
describe('a salon that names a folder which is not its own', () => {
  const sharesOf = async (path: string) => {
    const authorization = `Basic ${Buffer.from('nadia:nadia').toString('base64')}`;
    const url = `${nextcloud.url}/ocs/v2.php/apps/files_sharing/api/v1/shares?format=json&path=${encodeURIComponent(path)}`;
    const answer = await fetch(url, { headers: { authorization, 'ocs-apirequest': 'true' } });
    return JSON.stringify(await answer.json());
  };
  const linkTo = (fileId: string, server = nextcloud.url) =>
    ({ server, fileId, name: 'Salon', access: 'shares' }) as const;

  it('opens no private folder to those who are invited into it', async () => {
    await davOf('nadia').makeFolder('/Private');
    const [entry] = (await davOf('nadia').list('/Private', '0')) ?? [];
    const { creations } = creationsOf('nadia');
    expect(await creations.share(linkTo(entry?.fileId ?? ''), [member('karim')])).toEqual({
      notShared: [{ userId: '@karim:m.example', reason: 'refused' }],
    });
    expect(await sharesOf('/Private')).not.toContain('karim');
  });

  it("opens no other salon's folder, nor one that has the same number on another server", async () => {
    const { creations, links } = creationsOf('nadia');
    const { folder: link } = await creations.make(randomUUID(), 'Of another salon', []);
    await expect(
      creations.share(linkTo(link.fileId, 'https://elsewhere.example'), [member('karim')]),
    ).rejects.toMatchObject({ about: 'not-found.folder' });
    links.set(link.fileId, 2);
    expect((await creations.share(link, [member('karim')])).notShared).toHaveLength(1);
    expect(await sharesOf('/Salons/Of another salon')).not.toContain('karim');
  });

  it("is never given all of the person's files", async () => {
    const [root] = (await davOf('nadia').list('', '0')) ?? [];
    const id = root?.fileId ?? '';
    expect(await locateFolders(davOf('nadia'), new Set([id]))).toEqual(new Map());
  });
});

describe('finding a folder', () => {
  it('uses the search of the server for one that was moved (exchange 10/16)', async () => {
    const hit = `<?xml version="1.0"?>
<d:multistatus xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns" xmlns:oc="http://owncloud.org/ns"><d:response><d:href>/base/remote.php/dav/files/nadia/Projets/Quais%20%c3%a9/</d:href><d:propstat><d:prop><oc:fileid>329</oc:fileid><d:getetag>&quot;5f1e&quot;</d:getetag><d:resourcetype><d:collection/></d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat><d:propstat><d:prop><d:displayname/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response></d:multistatus>`;
    const empty = '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"/>';
    const server = await serveAnswers({
      'PROPFIND /base/remote.php/dav/files/nadia': () => ({ status: 207, html: empty }),
      'SEARCH /base/remote.php/dav/': () => ({ status: 207, html: hit }),
    });
    const dav = new Dav(http, { ...accessOf('nadia'), serverUrl: `${server.url}/base` });
    expect([...(await locateFolders(dav, new Set(['329'])))]).toEqual([['329', '/Projets/Quais é']]);
    await server.close();
  });

  it.each([
    ['of another person', '/remote.php/dav/files/nadiane/Quais/'],
    ['above the person’s', '/remote.php/dav/files/'],
    ['that can’t be read', '/remote.php/dav/files/nadia/%zz'],
  ])('believes no server that names a folder %s', async (_, href) => {
    const hit = `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:response><d:href>${href}</d:href><d:propstat><d:prop><oc:fileid>329</oc:fileid><d:getetag>&quot;5f1e&quot;</d:getetag><d:resourcetype><d:collection/></d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`;
    const empty = '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"/>';
    const server = await serveAnswers({
      'PROPFIND /remote.php/dav/files/nadia': () => ({ status: 207, html: empty }),
      'SEARCH /remote.php/dav/': () => ({ status: 207, html: hit }),
    });
    const dav = new Dav(http, { ...accessOf('nadia'), serverUrl: server.url });
    await expect(locateFolders(dav, new Set(['329']))).rejects.toMatchObject({ about: 'not-a-server.files' });
    await server.close();
  });

  it('never takes a failure for an absence', async () => {
    nextcloud.control.addFault({
      method: 'PROPFIND',
      path: '*/Salons',
      effect: { kind: 'status', status: 500 },
    });
    await expect(locateFolders(davOf('nadia'), new Set(['1']))).rejects.toMatchObject({ code: 'refused' });
    nextcloud.control.addFault({
      method: 'PROPFIND',
      path: '*/Salons',
      effect: { kind: 'cut-response', afterBytes: 200 },
    });
    await expect(locateFolders(davOf('nadia'), new Set(['1']))).rejects.toThrow(/unreachable|not-a-server/);
  });
});

describe('names at the file server', () => {
  it('come from the template, and from no other server by accident', () => {
    const own = { template: '{localpart}', ownServer: 'm.example' };
    expect(fileUserOf('@camille.durand:m.example', own)).toBe('camille.durand');
    expect(fileUserOf('@camille.durand:other.example', own)).toBeNull();
    expect(fileUserOf('@c:other.example', { ...own, template: '{localpart}@{server}' })).toBe(
      'c@other.example',
    );
  });
});
