import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import app from '../../../renderer/i18n/fr/app.json' with { type: 'json' };
import settings from '../../../renderer/i18n/fr/settings.json' with { type: 'json' };
import signin from '../../../renderer/i18n/fr/signin.json' with { type: 'json' };
import type { Agent } from '../../demo/agent.ts';
import type { World } from '../../demo/world.ts';
import { PEOPLE } from '../../stack/people.ts';
import { bytesBelow } from './bytes-below.ts';
import { type OneAgent, SALON, type Session } from './one-agent.ts';

/** Signing out in the real program, from real servers: what ends, what goes, what stays. */
export function signOut(here: () => OneAgent): void {
  test('of one of two accounts leaves the other as it was, whose folder went on all the time', async () => {
    const { world, nadia, codes } = here();
    const session = await here().session();
    await nadia.page.getByRole('button', { name: app.settings, exact: true }).click();
    await nadia.page.getByRole('button', { name: settings.accounts.add }).click();
    const karim = nadia.as(PEOPLE.karim);
    await karim.signIn({ code: codes.karim });
    await karim.keepFolderHere(SALON);
    await shows(nadia, PEOPLE.karim.displayName);
    expect(await faceOf(nadia, PEOPLE.nadia.displayName)).toBe(96);
    expect(await faceOf(nadia, PEOPLE.karim.displayName)).toBe(0);
    const places = await readdir(join(nadia.profile, 'home'));
    const place = places.find((name) => name.startsWith('Traboule (')) ?? '';
    const his = join(nadia.profile, 'home', place, 'Salons', SALON);
    const ours = join(nadia.folder, 'Salons', SALON);
    await nadia.page.keyboard.press('Control+Shift+M');
    await shows(nadia, PEOPLE.nadia.displayName);
    await writeFile(join(his, 'Note.txt'), 'de Karim, qui n’est pas affichée');
    await vi.waitFor(
      async () => expect(await readFile(join(ours, 'Note.txt'), 'utf8')).toContain('de Karim'),
      {
        timeout: 60_000,
        interval: 250,
      },
    );
    await nadia.page.keyboard.press('Control+Shift+M');
    await shows(nadia, PEOPLE.karim.displayName);
    const folder = await bytesBelow(his);
    const { accessToken } = await here().session();
    await askToSignOut(nadia);
    await shows(nadia, PEOPLE.nadia.displayName);
    expect(await statusOf(world, accessToken)).toBe(401);
    expect(await statusOf(world, session.accessToken)).toBe(200);
    expect(await here().session()).toEqual(session);
    expect(await bytesBelow(his)).toEqual(folder);
  }, 240_000);

  test('ends both sessions, leaves nothing of them on this PC, and the folder as it was', async () => {
    const { world, nadia } = here();
    const session = await here().session();
    expect(await statusOf(world, session.accessToken)).toBe(200);
    const folder = await bytesBelow(nadia.folder);
    expect(folder.size).toBeGreaterThan(0);
    await signOutOf(nadia);
    await nadia.isTold(settings.signOut.done);
    expect(await statusOf(world, session.accessToken)).toBe(401);
    expect(world.stack.nextcloud.control.revokeAppPasswords(nadia.person.name)).toBe(0);
    expect(await leftOf(nadia, session)).toEqual(NOTHING);
    expect(await bytesBelow(nadia.folder)).toEqual(folder);
  }, 120_000);

  test('does the same on this PC without the servers, and says that they were not told', async () => {
    const { world, nadia, codes } = here();
    await nadia.signIn({ code: codes.nadia });
    await nadia.openSalon(SALON);
    const session = await here().session();
    const folder = await bytesBelow(nadia.folder);
    await world.stopServers();
    await signOutOf(nadia);
    await nadia.isTold(settings.signOut.notRevoked);
    expect(await leftOf(nadia, session)).toEqual(NOTHING);
    expect(await bytesBelow(nadia.folder)).toEqual(folder);
    await world.startServers();
  }, 180_000);
}

/** How wide the picture of somebody is in the list of accounts, in pixels; 0 where there is none. */
async function faceOf(nadia: Agent, name: string): Promise<number> {
  await nadia.page.getByRole('button', { name: new RegExp(`^${app.account}, `) }).click();
  const line = nadia.page.getByRole('menuitemradio', { name });
  await line.waitFor();
  const width = await line.evaluate((item) => item.querySelector('img')?.naturalWidth ?? 0);
  await nadia.page.keyboard.press('Escape');
  return width;
}

/** By the settings' own button, as a person does. */
async function askToSignOut(nadia: Agent): Promise<void> {
  await nadia.program.app.evaluate(({ Menu }, label) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    items.find((item) => item.label === label)?.click();
  }, 'Réglages…');
  await nadia.page.getByRole('button', { name: settings.signOut.open }).click();
  await nadia.page.getByRole('alertdialog').getByRole('button', { name: settings.signOut.confirm }).click();
}

async function signOutOf(nadia: Agent): Promise<void> {
  await askToSignOut(nadia);
  await nadia.page.getByLabel(signin.address.label).waitFor();
}

/** What of a session is still to be found on this PC. */
async function leftOf(nadia: Agent, { accessToken, storageKey }: Session): Promise<unknown> {
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

const statusOf = async ({ stack }: World, accessToken: string): Promise<number> => {
  const headers = { authorization: `Bearer ${accessToken}` };
  return (await fetch(`${stack.synapse.url}/_matrix/client/v3/account/whoami`, { headers })).status;
};

const shows = ({ page }: Agent, name: string) =>
  page.getByRole('button', { name: `${app.account}, ${name}` }).waitFor({ timeout: 60_000 });
