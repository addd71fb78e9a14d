import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PEOPLE } from '../people.ts';
import { SALONS } from '../salons.ts';
import { makeRoom, registerPeople, tellHistory } from './history.ts';
import { type Synapse, startSynapse } from './server.ts';

let dataDir: string;
let synapse: Synapse;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'traboule-synapse-'));
  synapse = await startSynapse({
    dataDir,
    wellKnown: { 'fr.traboule.servers': { files: 'http://127.0.0.1:1' } },
  });
}, 60_000);

afterAll(async () => {
  await synapse.stop();
  await rm(dataDir, { recursive: true });
});

interface Session {
  access_token: string;
  user_id: string;
}

async function signIn(person: { name: string; password: string }): Promise<Session> {
  const answer = await fetch(`${synapse.url}/_matrix/client/v3/login`, {
    method: 'POST',
    body: JSON.stringify({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: person.name },
      password: person.password,
    }),
  });
  expect(answer.status).toBe(200);
  return answer.json();
}

interface Sync {
  rooms: { join: Record<string, { timeline: { events: { type: string; content: { body?: string } }[] } }> };
}

async function bodies(session: Session, room: string): Promise<(string | undefined)[]> {
  const answer = await fetch(`${synapse.url}/_matrix/client/v3/sync`, {
    headers: { authorization: `Bearer ${session.access_token}` },
  });
  const { rooms }: Sync = await answer.json();
  const events = rooms.join[room]?.timeline.events ?? [];
  return events.filter(({ type }) => type === 'm.room.message').map(({ content }) => content.body);
}

test('it tells clients where the other servers are', async () => {
  const answer = await fetch(`${synapse.url}/.well-known/matrix/client`);
  await expect(answer.json()).resolves.toEqual({
    'm.homeserver': { base_url: `${synapse.url}/` },
    'fr.traboule.servers': { files: 'http://127.0.0.1:1' },
  });
});

test('a salon has yesterday’s history, and all of it is there after a restart at the same address', async () => {
  await registerPeople(synapse);
  await registerPeople(synapse);
  const salon = SALONS.find(({ name }) => name.startsWith('Crèches'));
  if (!salon) throw new Error('no such salon');
  const room = await makeRoom(synapse, salon, Date.now());
  const files = new Map(
    Object.keys(salon.files).map((path) => [path, { fileId: '1', size: 1, mimeType: 'text/plain' }]),
  );
  await tellHistory(synapse, [{ salon, room, files }], Date.now());
  const session = await signIn(PEOPLE.nadia);
  const said = salon.history.map(({ text }) => text);
  expect(await bodies(session, room)).toEqual(said);

  const { url } = synapse;
  await synapse.stop();
  synapse = await startSynapse({ dataDir });
  expect(synapse.url).toBe(url);
  expect(await bodies(session, room)).toEqual(said);
}, 60_000);

test('yesterday’s lines carry yesterday’s times', async () => {
  const salon = SALONS.find(({ name }) => name.startsWith('Crèches'));
  if (!salon) throw new Error('no such salon');
  const now = Date.now();
  const room = await makeRoom(synapse, salon, now);
  const at = now - 26 * 3_600_000;
  const event = await synapse.seeder.send(
    PEOPLE.karim.name,
    room,
    'm.room.message',
    { msgtype: 'm.text', body: 'Hier' },
    at,
  );
  const path = `rooms/${encodeURIComponent(room)}/event/${encodeURIComponent(event)}`;
  const stored = await synapse.seeder.request<{ origin_server_ts: number }>(PEOPLE.nadia.name, 'GET', path);
  expect(stored.origin_server_ts).toBe(at);
});
