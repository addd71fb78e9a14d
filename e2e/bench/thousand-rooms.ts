import { join } from 'node:path';
import type { Progress } from '../setup/command.ts';
import { writeBrand } from '../stack/brand.ts';
import { type Synapse, startSynapse } from '../stack/synapse/server.ts';
import { BULK_USER, prepareThousandRooms } from '../stack/synapse/thousand-rooms.ts';

/** A chat server with 1,000 encrypted rooms, and a brand pack that names it. */
export interface ThousandRooms {
  readonly brand: string;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A server's first answer to anybody takes twice as long as its later ones: it must not be ours. */
const FIRST_ANSWER_MS = 300_000;

/** Prepares and starts the server, and lets a throw-away client sync once. */
export async function thousandRooms(dataDir: string, progress: Progress): Promise<ThousandRooms> {
  const folder = join(dataDir, 'synapse');
  progress('preparing a chat server with 1,000 rooms');
  await prepareThousandRooms(folder, progress);
  let synapse: Synapse | null = await startSynapse({ dataDir: folder });
  const { url } = synapse;
  progress('letting a throw-away client read them once');
  await syncOnce(url);
  const brand = await writeBrand(join(dataDir, 'brand'), {
    chat: url,
    files: null,
    conference: 'localhost:1',
  });
  return {
    brand,
    start: async () => {
      synapse ??= await startSynapse({ dataDir: folder, port: Number(new URL(url).port) });
      await syncOnce(url);
    },
    stop: async () => {
      await synapse?.stop();
      synapse = null;
    },
  };
}

/** One client's first sync, thrown away. */
async function syncOnce(url: string): Promise<void> {
  const { access_token: token } = await ask(url, 'v3/login', null, {
    type: 'm.login.password',
    identifier: { type: 'm.id.user', user: BULK_USER.name },
    password: BULK_USER.password,
  });
  await ask(url, SLIDING, token, { lists: { all: EVERY_ROOM } });
  await ask(url, 'v3/logout', token, {});
}

const EVERY_ROOM = { ranges: [[0, 999]], timeline_limit: 1, required_state: [] };
const SLIDING = 'unstable/org.matrix.simplified_msc3575/sync?timeout=0';

async function ask(
  url: string,
  path: string,
  token: string | undefined | null,
  body: object,
): Promise<{ access_token?: string }> {
  const response = await fetch(`${url}/_matrix/client/${path}`, {
    method: 'POST',
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(FIRST_ANSWER_MS),
  });
  if (!response.ok) throw new Error(`${path.split('?')[0]} answers ${response.status}`);
  const answer: { access_token?: string } = await response.json();
  return answer;
}
