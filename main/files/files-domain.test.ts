import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Nextcloud, startNextcloud } from '../../e2e/stack/nextcloud/index.ts';
import type { FilesOverview } from '../../preload/contract/files.ts';
import type { FilesAccess, OneAccount } from '../accounts/accounts.ts';
import { createHttp } from '../http/http.ts';
import { silentLog } from '../log/silent.ts';
import { Dav } from './dav.ts';
import { type FilesDomain, openFiles } from './files-domain.ts';
import { OfferedFiles } from './offers.ts';
import { DeskConditions, engineHere } from './testing.ts';

const http = createHttp(fetch);
const never = new AbortController().signal;
const PEOPLE = ['claire', 'karim'] as const;
type Person = (typeof PEOPLE)[number];

/** The accounts of a program, as far as its files go. */
class TestAccounts {
  readonly #accounts = new Map<string, OneAccount>();
  readonly #access: (person: Person) => FilesAccess;
  readonly #listeners = new Set<(id: string) => void>();
  readonly expired = new Set<string>();
  shown: Person | null = null;

  constructor(access: (person: Person) => FilesAccess) {
    this.#access = access;
  }

  readonly all = (): readonly OneAccount[] => [...this.#accounts.values()];
  readonly state = () => ({ id: this.shown });
  readonly onAnyChange = (listener: (id: string) => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  signIn(person: Person): void {
    this.#accounts.set(person, {
      id: person,
      home: person === 'claire' ? 'c1a1' : 'ca21',
      user: `@${person}:ville.example`,
      filesAccess: () => (this.expired.has(person) ? null : this.#access(person)),
      chatUser: () => `@${person}:ville.example`,
      filesExpired: async () => {
        this.expired.add(person);
        this.tell(person);
      },
    });
    this.shown = person;
    this.tell(person);
  }

  signOut(person: Person): void {
    this.#accounts.delete(person);
    this.shown = null;
    this.tell(person);
  }

  tell(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }
}

let base: string;
let nextcloud: Nextcloud;
let picked: string | null;
let accounts: TestAccounts;
let domains: FilesDomain[];
let told: { channel: string; payload: unknown }[];
let tray: FilesOverview[];
const passwords = new Map<Person, string>();

const accessOf = (person: Person): FilesAccess => ({
  serverUrl: nextcloud.url,
  userId: person,
  loginName: person,
  appPassword: passwords.get(person) ?? '',
});
const dav = (person: Person) => new Dav(http, accessOf(person));

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'files-domain-'));
  const users = PEOPLE.map((uid) => ({ uid, password: 'x', displayName: uid }));
  nextcloud = await startNextcloud({ dataDir: join(base, 'cloud'), users });
  for (const person of PEOPLE) passwords.set(person, nextcloud.control.createAppPassword(person, 'Traboule'));
  accounts = new TestAccounts(accessOf);
  [domains, told, tray, picked] = [[], [], [], null];
});
afterEach(async () => {
  for (const domain of domains) await domain.close();
  await nextcloud.stop();
  await rm(base, { recursive: true });
});

async function open(): Promise<FilesDomain> {
  const domain = await openFiles({
    data: join(base, 'data'),
    accounts,
    conditions: new DeskConditions(),
    http,
    events: { send: (name, event, payload) => void told.push({ channel: `${name}.${event}`, payload }) },
    offered: new OfferedFiles(),
    spawn: engineHere,
    calm: Promise.resolve(),
    desktop: {
      open: () => Promise.resolve(),
      reveal: () => undefined,
      drag: () => undefined,
      trash: (path) => rm(path, { recursive: true }),
    },
    showOverview: (overview) => void tray.push(overview),
    dialogs: {
      choosePlace: () => Promise.resolve(picked),
      pickFiles: () => Promise.resolve([]),
      chooseFolder: () => Promise.resolve(null),
    },
    suggestedPlace: () => join(base, 'pc', 'Traboule'),
    fileUserName: '{localpart}',
    certificate: () => null,
    conflictLabel: () => 'copie',
    decided: () => ({
      leaveOut: { ignore: [] },
      deletionsToConfirm: 100,
      mostBytes: null,
      mayAddFolders: true,
      comesAtFirst: () => true,
    }),
    conflictLabelOf: (name) => `copie de ${name}`,
    log: silentLog,
  });
  domains.push(domain);
  return domain;
}

const salonOf = (person: Person) => `!${person}:ville.example`;

/** The shown account has a salon with a folder on the server, and keeps it on this PC. */
async function keepSalon({ handlers }: FilesDomain, person: Person): Promise<string> {
  await dav(person).makeFolder('/Salons');
  await dav(person).makeFolder('/Salons/Quais');
  const [entry] = (await dav(person).list('/Salons/Quais', '0')) ?? [];
  const folder = {
    server: nextcloud.url,
    fileId: entry?.fileId ?? '',
    name: 'Quais',
    access: 'shares' as const,
  };
  await handlers.files.follow({ salons: [{ salonId: salonOf(person), name: 'Quais', folder }] }, never);
  const { place } = await handlers.files.choosePlace({ how: 'suggested', keep: 'all' }, never);
  return join(place ?? '', 'Salons', 'Quais');
}

async function put(person: Person, name: string, text: string): Promise<void> {
  const answer = await fetch(`${nextcloud.url}/remote.php/dav/files/${person}/Salons/Quais/${name}`, {
    method: 'PUT',
    headers: {
      authorization: `Basic ${Buffer.from(`${person}:${passwords.get(person)}`).toString('base64')}`,
    },
    body: text,
  });
  expect(answer.status).toBe(201);
}

const arrives = (folder: string, name: string) =>
  vi.waitFor(() => readFile(join(folder, name), 'utf8'), { timeout: 15_000, interval: 50 });
const overviewOf = ({ handlers }: FilesDomain) => handlers.files.overview(undefined, never);
const namesThere = async (person: Person) =>
  ((await dav(person).list('/Salons/Quais', '1')) ?? [])
    .map(({ path }) => path.split('/').at(-1) ?? '')
    .toSorted();

describe('the files of accounts', () => {
  it('are nobody’s before anybody signed in', async () => {
    const files = await open();
    expect(await overviewOf(files)).toMatchObject({ place: null, folders: [] });
    expect(await files.handlers.salons.pending(undefined, never)).toEqual([]);
    await expect(files.handlers.files.openPlace(undefined, never)).rejects.toThrow('not-signed-in.files');
    expect(files.place()).toBeNull();
  });

  it('of both are kept equal, in places beside each other, whichever account is shown', async () => {
    const files = await open();
    accounts.signIn('claire');
    const hers = await keepSalon(files, 'claire');
    accounts.signIn('karim');
    const his = await keepSalon(files, 'karim');
    expect(his).toContain(join('pc', 'Traboule (@karim ville.example)'));
    expect(hers).toContain(join('pc', 'Traboule', 'Salons'));
    await Promise.all([put('claire', 'a.txt', 'de Claire'), put('karim', 'b.txt', 'de Karim')]);
    await mkdir(hers, { recursive: true });
    await writeFile(join(hers, 'c.txt'), 'écrit ici');
    expect(await arrives(hers, 'a.txt')).toBe('de Claire');
    expect(await arrives(his, 'b.txt')).toBe('de Karim');
    await vi.waitFor(async () => expect(await namesThere('claire')).toContain('c.txt'), { timeout: 15_000 });
    expect(await namesThere('karim')).toEqual(['Quais', 'b.txt']);
    expect((await readdir(his)).filter((name) => !name.startsWith('.'))).toEqual(['b.txt']);
  });

  it('tell the page of the shown one only, and the tray of all', async () => {
    const files = await open();
    accounts.signIn('claire');
    await keepSalon(files, 'claire');
    accounts.signIn('karim');
    await overviewOf(files);
    told.length = 0;
    const place = await keepSalon(files, 'karim');
    await put('karim', 'b.txt', 'x');
    await arrives(place, 'b.txt');
    await vi.waitFor(() => expect(JSON.stringify(told)).toContain(salonOf('karim')));
    expect(JSON.stringify(told)).not.toContain(salonOf('claire'));
    await vi.waitFor(() =>
      expect(tray.at(-1)?.folders.map(({ salonId }) => salonId)).toEqual(PEOPLE.map(salonOf)),
    );
  });

  it('are paused together and answer for the shown one', async () => {
    const files = await open();
    accounts.signIn('claire');
    await keepSalon(files, 'claire');
    accounts.signIn('karim');
    await keepSalon(files, 'karim');
    await files.pause(true, null);
    for (const person of PEOPLE) {
      accounts.shown = person;
      expect(await overviewOf(files)).toMatchObject({
        paused: true,
        folders: [{ salonId: salonOf(person) }],
      });
    }
    expect(tray.at(-1)).toMatchObject({ paused: true });
  });

  it('of one who signs out stay as they are on this PC, and the other’s go on', async () => {
    const files = await open();
    accounts.signIn('claire');
    const hers = await keepSalon(files, 'claire');
    accounts.signIn('karim');
    const his = await keepSalon(files, 'karim');
    await put('karim', 'b.txt', 'de Karim');
    await arrives(his, 'b.txt');
    accounts.signOut('karim');
    expect(await overviewOf(files)).toMatchObject({ place: null, folders: [] });
    accounts.shown = 'claire';
    await put('karim', 'late.txt', 'x');
    await put('claire', 'a.txt', 'de Claire');
    await files.handlers.files.retry({ salonId: salonOf('claire'), path: null }, never);
    expect(await arrives(hers, 'a.txt')).toBe('de Claire');
    expect((await readdir(his)).filter((name) => !name.startsWith('.'))).toEqual(['b.txt']);
    accounts.signIn('karim');
    expect((await overviewOf(files)).place).toBe(join(his, '..', '..'));
    await keepSalon(files, 'karim');
    expect(await arrives(his, 'late.txt')).toBe('x');
    expect((await readdir(his)).filter((name) => !name.startsWith('.'))).toEqual(['b.txt', 'late.txt']);
  });

  it('of one are closed, and the other’s go on, though nothing can be written down of it', async () => {
    const files = await open();
    accounts.signIn('claire');
    const hers = await keepSalon(files, 'claire');
    accounts.signIn('karim');
    const his = await keepSalon(files, 'karim');
    await put('karim', 'b.txt', 'de Karim');
    await arrives(his, 'b.txt');
    await mkdir(join(base, 'data', 'accounts', 'ca21', 'files.json.new'));
    accounts.signOut('karim');
    accounts.shown = 'claire';
    await overviewOf(files);
    await put('karim', 'late.txt', 'x');
    await put('claire', 'a.txt', 'de Claire');
    await files.handlers.files.retry({ salonId: salonOf('claire'), path: null }, never);
    expect(await arrives(hers, 'a.txt')).toBe('de Claire');
    expect((await readdir(his)).filter((name) => !name.startsWith('.'))).toEqual(['b.txt']);
  });

  it('of one that can’t be read keep nobody else’s from being opened', async () => {
    const home = join(base, 'data', 'accounts', 'ca21');
    await mkdir(join(home, 'transfers.json'), { recursive: true });
    const files = await open();
    accounts.signIn('karim');
    accounts.signIn('claire');
    const hers = await keepSalon(files, 'claire');
    await put('claire', 'a.txt', 'de Claire');
    expect(await arrives(hers, 'a.txt')).toBe('de Claire');
    await rm(join(home, 'transfers.json'), { recursive: true });
    accounts.tell('karim');
    accounts.shown = 'karim';
    expect(await keepSalon(files, 'karim')).toContain('@karim');
  });

  it('that lose their session ask for it in that account alone', async () => {
    const files = await open();
    accounts.signIn('claire');
    await keepSalon(files, 'claire');
    accounts.signIn('karim');
    await keepSalon(files, 'karim');
    nextcloud.control.revokeAppPasswords('claire');
    accounts.shown = 'claire';
    await files.handlers.files.retry({ salonId: salonOf('claire'), path: null }, never);
    await vi.waitFor(() => expect([...accounts.expired]).toEqual(['claire']), { timeout: 15_000 });
    expect(await overviewOf(files)).toMatchObject({ folders: [{ activity: { state: 'signed-out' } }] });
    accounts.shown = 'karim';
    const [folder] = (await overviewOf(files)).folders;
    expect(folder?.activity.state).not.toBe('signed-out');
  });

  it('lie in no place of another, nor around it', async () => {
    const files = await open();
    accounts.signIn('claire');
    const hers = await keepSalon(files, 'claire');
    accounts.signIn('karim');
    for (picked of [join(hers, 'dedans'), join(base, 'pc')])
      await expect(
        files.handlers.files.choosePlace({ how: 'ask', keep: 'none' }, never),
      ).rejects.toMatchObject({ about: 'forbidden.nested-here' });
    expect((await overviewOf(files)).place).toBeNull();
  });
});
