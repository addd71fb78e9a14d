import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import app from '../../renderer/i18n/fr/app.json' with { type: 'json' };
import settings from '../../renderer/i18n/fr/settings.json' with { type: 'json' };
import signin from '../../renderer/i18n/fr/signin.json' with { type: 'json' };
import type { Agent } from '../demo/agent.ts';
import type { World } from '../demo/world.ts';
import { PEOPLE } from '../stack/people.ts';
import { stage } from './stage.ts';

// Signing out in the real program, from real servers: what ends, what goes, what stays.
const SALON = 'Coupe du monde de rugby';
const Answer = z.object({
  access_token: z.string().optional(),
  user_id: z.string().optional(),
  content_uri: z.string().optional(),
});
const Session = z.object({ value: z.object({ accessToken: z.string(), storageKey: z.string() }) });

let world: World;
let nadia: Agent;
let code: string;

beforeAll(async () => {
  world = await stage('sign-out');
  await giveFace(PEOPLE.nadia);
  nadia = await world.open('nadia');
  nadia.page.setDefaultTimeout(60_000);
  code = await nadia.signIn();
  await nadia.keepFolderHere(SALON);
}, 180_000);
afterAll(() => world.end());

async function sessionOf(): Promise<z.infer<typeof Session>['value']> {
  const answer = await nadia.page.evaluate(() => window.traboule.invoke('accounts.chatSession', undefined));
  return Session.parse(answer).value;
}

/** Somebody has a picture at the chat server, as they would have set it with another program. */
async function giveFace({ name, password }: typeof PEOPLE.nadia): Promise<void> {
  const request = async (method: string, path: string, body: object | Buffer, token = '') => {
    const address = `${world.stack.synapse.url}/_matrix/${path}`;
    const headers = { 'content-type': Buffer.isBuffer(body) ? 'image/png' : 'application/json' };
    const answer = await fetch(address, {
      method,
      headers: { ...headers, ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
      body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
    });
    return Answer.parse(await answer.json());
  };
  const login = { type: 'm.login.password', identifier: { type: 'm.id.user', user: name }, password };
  const { access_token, user_id = '' } = await request('POST', 'client/v3/login', login);
  const face = sharp({ create: { width: 200, height: 120, channels: 3, background: '#c46f4e' } });
  const picture = await request('POST', 'media/v3/upload', await face.png().toBuffer(), access_token);
  const profile = `client/v3/profile/${encodeURIComponent(user_id)}/avatar_url`;
  await request('PUT', profile, { avatar_url: picture.content_uri }, access_token);
  await request('POST', 'client/v3/logout', {}, access_token);
}

/** How wide the picture of somebody is in the list of accounts, in pixels; 0 where there is none. */
async function faceOf(name: string): Promise<number> {
  await nadia.page.getByRole('button', { name: new RegExp(`^${app.account}, `) }).click();
  const line = nadia.page.getByRole('menuitemradio', { name });
  await line.waitFor();
  const width = await line.evaluate((item) => item.querySelector('img')?.naturalWidth ?? 0);
  await nadia.page.keyboard.press('Escape');
  return width;
}

/** By the settings' own button, as a person does. */
async function askToSignOut(): Promise<void> {
  await nadia.program.app.evaluate(({ Menu }, label) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    items.find((item) => item.label === label)?.click();
  }, 'Réglages…');
  await nadia.page.getByRole('button', { name: settings.signOut.open }).click();
  await nadia.page.getByRole('alertdialog').getByRole('button', { name: settings.signOut.confirm }).click();
}

async function signOut(): Promise<void> {
  await askToSignOut();
  await nadia.page.getByLabel(signin.address.label).waitFor();
}

/** Every file below a folder with its bytes. */
async function bytesBelow(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(name)] as const)));
}

/** What of a session is still to be found on this PC. */
async function leftOf({ accessToken, storageKey }: z.infer<typeof Session>['value']): Promise<unknown> {
  const data = join(nadia.profile, 'config', 'traboule');
  const files = await bytesBelow(data);
  const secrets = [accessToken, storageKey];
  return {
    secrets: await readdir(join(data, 'secrets')),
    accounts: JSON.parse(String(files.get(join(data, 'accounts.json')))),
    databases: await nadia.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)),
    readable: [...files]
      .filter(([, bytes]) => secrets.some((secret) => bytes.includes(secret)))
      .map(([name]) => name),
  };
}
const NOTHING = { secrets: [], accounts: { active: null, accounts: [] }, databases: [], readable: [] };

const statusOf = async (accessToken: string): Promise<number> => {
  const headers = { authorization: `Bearer ${accessToken}` };
  return (await fetch(`${world.stack.synapse.url}/_matrix/client/v3/account/whoami`, { headers })).status;
};

const shows = (name: string) =>
  nadia.page.getByRole('button', { name: `${app.account}, ${name}` }).waitFor({ timeout: 60_000 });

test('of one of two accounts leaves the other as it was, whose folder went on all the time', async () => {
  const session = await sessionOf();
  await nadia.page.getByRole('button', { name: app.settings, exact: true }).click();
  await nadia.page.getByRole('button', { name: settings.accounts.add }).click();
  const karim = nadia.as(PEOPLE.karim);
  await karim.signIn();
  await karim.keepFolderHere(SALON);
  await shows(PEOPLE.karim.displayName);
  expect(await faceOf(PEOPLE.nadia.displayName)).toBe(96);
  expect(await faceOf(PEOPLE.karim.displayName)).toBe(0);
  const places = await readdir(join(nadia.profile, 'home'));
  const place = places.find((name) => name.startsWith('Traboule (')) ?? '';
  const his = join(nadia.profile, 'home', place, 'Salons', SALON);
  const ours = join(nadia.folder, 'Salons', SALON);
  await nadia.page.keyboard.press('Control+Shift+M');
  await shows(PEOPLE.nadia.displayName);
  await writeFile(join(his, 'Note.txt'), 'de Karim, qui n’est pas affichée');
  await vi.waitFor(async () => expect(await readFile(join(ours, 'Note.txt'), 'utf8')).toContain('de Karim'), {
    timeout: 60_000,
    interval: 250,
  });
  await nadia.page.keyboard.press('Control+Shift+M');
  await shows(PEOPLE.karim.displayName);
  const folder = await bytesBelow(his);
  const { accessToken } = await sessionOf();
  await askToSignOut();
  await shows(PEOPLE.nadia.displayName);
  expect(await statusOf(accessToken)).toBe(401);
  expect(await statusOf(session.accessToken)).toBe(200);
  expect(await sessionOf()).toEqual(session);
  expect(await bytesBelow(his)).toEqual(folder);
}, 240_000);

test('ends both sessions, leaves nothing of them on this PC, and the folder as it was', async () => {
  const session = await sessionOf();
  expect(await statusOf(session.accessToken)).toBe(200);
  const folder = await bytesBelow(nadia.folder);
  expect(folder.size).toBeGreaterThan(0);
  await signOut();
  await nadia.isTold(settings.signOut.done);
  expect(await statusOf(session.accessToken)).toBe(401);
  expect(world.stack.nextcloud.control.revokeAppPasswords(nadia.person.name)).toBe(0);
  expect(await leftOf(session)).toEqual(NOTHING);
  expect(await bytesBelow(nadia.folder)).toEqual(folder);
}, 120_000);

test('does the same on this PC without the servers, and says that they were not told', async () => {
  await nadia.signIn({ code });
  await nadia.openSalon(SALON);
  const session = await sessionOf();
  const folder = await bytesBelow(nadia.folder);
  await world.stopServers();
  await signOut();
  await nadia.isTold(settings.signOut.notRevoked);
  expect(await leftOf(session)).toEqual(NOTHING);
  expect(await bytesBelow(nadia.folder)).toEqual(folder);
  await world.startServers();
}, 180_000);
