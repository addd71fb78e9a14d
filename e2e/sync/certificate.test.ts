import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHttp } from '../../main/http/http.ts';
import { createSyncPair } from '../../main/sync/sync-pair.ts';
import { type Authority, ensureAuthority, type Leaf } from '../stack/tls/authority.ts';
import { Rig } from './rig.ts';

let folder: string;
let authority: Authority;
/** Trusted here, so that the date of a certificate is all that can be wrong with it. */
let usual: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  authority = await ensureAuthority(folder);
  usual = getCACertificates('default');
  setDefaultCACertificates([...usual, authority.caPem]);
});
afterAll(async () => {
  setDefaultCACertificates(usual);
  await rm(folder, { recursive: true });
});

let rig: Rig;
let doors: Server[];
beforeEach(async () => {
  rig = await Rig.open();
  doors = [];
});
afterEach(async () => {
  for (const door of doors) door.close();
  await rig.close();
});

/** The rig's server behind TLS with this certificate; on the port of the door before it, if told so. */
async function behindTls(leaf: Leaf, port = 0): Promise<number> {
  const door = createServer(leaf, (from, to) => {
    const { port: inner } = new URL(rig.server.url);
    const onward = request(
      { port: inner, host: '127.0.0.1', method: from.method, path: from.url, headers: from.headers },
      (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      },
    );
    onward.on('error', () => to.destroy());
    from.pipe(onward);
  }).listen(port, '127.0.0.1');
  await once(door, 'listening');
  doors.push(door);
  const address = door.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

test('a certificate that ran out ends every connection, nothing is sent or deleted, and a new one lets it go on', async () => {
  const hosts = ['localhost'];
  const port = await behindTls(await authority.issue({ hosts, expired: true }));
  const url = `https://localhost:${port}`;
  const http = createHttp(fetch);
  await expect(http({ url: `${url}/status.php` })).rejects.toMatchObject({ failure: 'certificate' });

  const desk = rig.computer('desk');
  desk.write('mine.txt', 'mine');
  const remote = { url, user: 'ana', password: rig.password('ana'), rootPath: '/' };
  const pair = createSyncPair({ id: 'tls', remote, localDir: desk.folder, journalPath: desk.journalPath });
  expect(await pair.syncOnce()).toMatchObject({ outcome: 'offline', uploaded: 0 });
  expect(pair.state()).toMatchObject({ kind: 'offline', code: 'badCertificate' });
  expect(rig.server.requests()).toEqual([]);
  expect(desk.tree()).toEqual({ 'mine.txt': 'mine' });

  const [door] = doors.splice(0);
  door?.closeAllConnections();
  door?.close();
  await behindTls(await authority.issue({ hosts }), port);
  expect((await http({ url: `${url}/status.php` })).status).toBe(200);
  expect(await pair.syncOnce()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
  await pair.stop();
});
