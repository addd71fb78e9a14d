import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { buildOnce, fingerprint, fingerprintOfFolder, keepRecent } from '../setup/cache.ts';
import type { Progress } from '../setup/command.ts';
import { synapseFolder } from '../setup/python.ts';
import { makeFolder } from './folders.ts';
import { type Nextcloud, newerServer, startNextcloud } from './nextcloud/index.ts';
import { PEOPLE } from './people.ts';
import { SALONS } from './salons.ts';
import { type MadeSalon, makeRoom, registerPeople, tellHistory } from './synapse/history.ts';
import { forgetPort, type Synapse, startSynapse } from './synapse/server.ts';

const FOLDERS = join(import.meta.dirname, '../../.local/filled-servers');
/** Filled servers that nobody copied for this long are removed. */
const KEEP_DAYS = 1;
const LINKS = 'links.json';
/** Which file server the rooms are linked to: it is there when all was made to the end. */
const LINKED = 'linked.json';
const CHAT = 'synapse';
const FILES = 'nextcloud';

/** A salon's room and the folder that belongs to it. */
interface SalonLink {
  readonly name: string;
  /** Who may link them, by the local name. */
  readonly manager: string;
  readonly room: string;
  readonly fileId: string;
}

/** Where the chat server of a stack keeps its data. */
export const chatFolder = (dataDir: string): string => join(dataDir, CHAT);

/** The file server of a stack, with the demo's people. */
export function startFiles(dataDir: string, port: number): Promise<Nextcloud> {
  const users = Object.values(PEOPLE).map(({ name, password, displayName }) => ({
    uid: name,
    password,
    displayName,
  }));
  return startNextcloud({ dataDir: join(dataDir, FILES), port, users, ...newerServer });
}

/** Puts what servers with the demo's people, salons and their past keep into a new folder: a copy of its own. */
export async function copyFilled(dataDir: string, progress: Progress): Promise<void> {
  progress('making people, salons and their past');
  await cp(await filledServers(), dataDir, { recursive: true, preserveTimestamps: true });
}

/** The file server's address that the rooms of this folder are linked to; undefined when it was not made to the end. */
export async function linkedTo(dataDir: string): Promise<string | undefined> {
  const text = await readFile(join(dataDir, LINKED), 'utf8').catch(absent);
  return text === undefined ? undefined : JSON.parse(text).files;
}

/** Links each room to its folder on this file server, unless they are. */
export async function linkSalons(dataDir: string, { seeder }: Synapse, files: string): Promise<void> {
  if ((await linkedTo(dataDir)) === files) return;
  const links: SalonLink[] = JSON.parse(await readFile(join(dataDir, LINKS), 'utf8'));
  for (const { manager, room, fileId, name } of links) {
    const link = { server: files, fileId, name, access: 'shares' };
    await seeder.setState(manager, room, 'fr.traboule.folder', '', link);
  }
  await writeFile(join(dataDir, LINKED), JSON.stringify({ files }));
}

/**
 * Filled servers, made once for each version of their sources and each hour: a salon's past is told in yesterday's
 * hours and in minutes ago.
 */
async function filledServers(): Promise<string> {
  await mkdir(FOLDERS, { recursive: true });
  const server = basename(await synapseFolder());
  const now = new Date();
  const hour = `${now.toDateString()} ${now.getHours()}`;
  const key = fingerprint(server, await fingerprintOfFolder(import.meta.dirname), hour);
  const folder = await buildOnce(join(FOLDERS, key), fill);
  await keepRecent(folder, KEEP_DAYS);
  return folder;
}

/** Makes the people, and each salon on both servers: room, folder, history. */
async function fill(dataDir: string): Promise<void> {
  const files = await startFiles(dataDir, 0);
  try {
    const chat = await startSynapse({ dataDir: chatFolder(dataDir) });
    try {
      await writeFile(join(dataDir, LINKS), JSON.stringify(await fillServers(chat, files.url)));
    } finally {
      await chat.stop();
    }
  } finally {
    await files.stop();
  }
  await forgetPort(chatFolder(dataDir));
}

async function fillServers(synapse: Synapse, nextcloud: string): Promise<SalonLink[]> {
  await registerPeople(synapse);
  const now = Date.now();
  const made: MadeSalon[] = [];
  const links: SalonLink[] = [];
  for (const salon of SALONS) {
    const { fileId, files } = await makeFolder(nextcloud, salon);
    const room = await makeRoom(synapse, salon, now);
    made.push({ salon, room, files });
    links.push({ name: salon.name, manager: PEOPLE[salon.manager].name, room, fileId });
  }
  await tellHistory(synapse, made, now);
  return links;
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
