import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Stack } from '../stack/index.ts';
import type { PersonKey } from '../stack/people.ts';
import { PEOPLE } from '../stack/people.ts';
import type { Agent } from './agent.ts';
import { until } from './until.ts';

/** Makes a file of random bytes, so that no two are alike. */
export async function makeFile(folder: string, name: string, bytes: number): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, randomBytes(bytes));
  return path;
}

/** Where a salon's file stands in the folder that someone's program keeps in step. */
export function inFolder(agent: Agent, salon: string, name: string): string {
  return join(agent.folder, 'Salons', salon, name);
}

/** Waits until a file is, byte for byte, in someone's folder. Gives its size. */
export async function arrives(
  agent: Agent,
  salon: string,
  source: string,
  withinMs = 60_000,
): Promise<number> {
  const target = inFolder(agent, salon, basename(source));
  const expected = await readFile(source);
  await until(
    `${basename(source)} in the folder of ${agent.person.displayName}`,
    async () => existsSync(target) && expected.equals(await readFile(target)),
    withinMs,
  );
  return expected.length;
}

interface Event {
  type: string;
  content: Record<string, unknown>;
}

/** The last events that the chat server keeps of a salon, newest first. */
export async function eventsAtServer(stack: Stack, key: PersonKey, salon: string): Promise<Event[]> {
  const { seeder } = stack.synapse;
  const as = PEOPLE[key].name;
  const { joined_rooms: rooms } = await seeder.request<{ joined_rooms: string[] }>(as, 'GET', 'joined_rooms');
  for (const room of rooms) {
    const at = `rooms/${encodeURIComponent(room)}`;
    const { name } = await seeder.request<{ name: string }>(as, 'GET', `${at}/state/m.room.name/`);
    if (name !== salon) continue;
    const { chunk } = await seeder.request<{ chunk: Event[] }>(as, 'GET', `${at}/messages?dir=b&limit=30`);
    return chunk;
  }
  throw new Error(`${as} is in no salon of the name ${salon}`);
}

/** Waits until two people in a conference receive each other's moving picture. */
export async function seeEachOther(stack: Stack, withinMs = 45_000): Promise<string> {
  const frames = () =>
    stack.jitsi
      .conferences()
      .flatMap(({ participants }) => participants)
      .map(({ receiving }) => receiving[0]?.framesDecoded ?? 0);
  const isMoving = () => {
    const now = frames();
    return now.length === 2 && now.every((count) => count > 0) ? now : undefined;
  };
  const first = await until('both receive a picture', isMoving, withinMs);
  const later = await until('both pictures move', () => {
    const now = frames();
    return now.length === 2 && now.every((count, index) => count > (first[index] ?? 0)) ? now : undefined;
  });
  return `${later.join(' and ')} pictures received`;
}
