import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { buildOnce, CACHE_HOME } from '../../setup/cache.ts';
import type { Progress } from '../../setup/command.ts';
import type { Seeder } from './seeder.ts';
import { startSynapse } from './server.ts';

/** Who is in all rooms of the fixture. */
export const BULK_USER = { name: 'bulk', password: 'pw', displayName: 'Bulk' } as const;
const PEER = { name: 'peer', password: 'pw', displayName: 'Peer' } as const;
const ROOMS = 1000;
const MESSAGES = 10;
const AT_ONCE = 8;

/**
 * Puts a database with 1,000 encrypted rooms of two members and ten messages each into a data folder that has
 * none, for startSynapse. It comes from the folder that SYNAPSE_FIXTURE names (homeserver.db.gz and
 * signing.key; only read), else from one built once on this machine (about 9 minutes).
 */
export async function prepareThousandRooms(dataDir: string, progress: Progress): Promise<void> {
  const database = join(dataDir, 'homeserver.db');
  if (existsSync(database)) return;
  await mkdir(dataDir, { recursive: true });
  const given = process.env['SYNAPSE_FIXTURE'];
  const source = given || (await buildThousandRooms(progress));
  await copyFile(join(source, 'signing.key'), join(dataDir, 'signing.key'));
  const unpacked = `${database}.part`;
  if (given) {
    const packed = createReadStream(join(source, 'homeserver.db.gz'));
    await pipeline(packed, createGunzip(), createWriteStream(unpacked));
  } else {
    await copyFile(join(source, 'homeserver.db'), unpacked);
  }
  await rename(unpacked, database);
}

function buildThousandRooms(progress: Progress): Promise<string> {
  return buildOnce(join(CACHE_HOME, 'synapse-1000', 'rooms-1'), async (dataDir) => {
    const synapse = await startSynapse({ dataDir });
    try {
      await synapse.registerUser({ ...BULK_USER, admin: true });
      await synapse.registerUser(PEER);
      let made = 0;
      const makeSome = async (first: number) => {
        for (let index = first; index < ROOMS; index += AT_ONCE) {
          await makeRoom(synapse.seeder, index);
          made += 1;
          if (made % 10 === 0) progress(`${made} of ${ROOMS} rooms made`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, (_, first) => makeSome(first)));
    } finally {
      await synapse.stop();
    }
  });
}

async function makeRoom(seeder: Seeder, index: number): Promise<void> {
  const { room_id: room } = await seeder.request<{ room_id: string }>(BULK_USER.name, 'POST', 'createRoom', {
    name: `Room ${index}`,
    preset: 'private_chat',
    invite: [seeder.userId(PEER.name)],
    initial_state: [
      { type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } },
    ],
  });
  await seeder.request(PEER.name, 'POST', `join/${encodeURIComponent(room)}`, {});
  for (let message = 0; message < MESSAGES; message += 1) {
    const sender = message % 2 === 0 ? BULK_USER.name : PEER.name;
    const body = `in room ${index}: message ${message}`;
    await seeder.send(sender, room, 'm.room.message', { msgtype: 'm.text', body });
  }
}
