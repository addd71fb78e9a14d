import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createPlain, request } from 'node:http';
import { createServer, type Server } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates, type TlsOptions } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHttp } from '../../main/http/http.ts';
import { runCli } from '../../main/sync/cli/run-cli.ts';
import { defaultPorts, newLine, newPushHub } from '../../main/sync/default-ports.ts';
import { type Authority, ensureAuthority, type Leaf } from '../stack/tls/authority.ts';
import { toPkcs12 } from '../stack/tls/pkcs12.ts';
import { expectAtRest } from './at-rest.ts';
import { Rig } from './rig.ts';

let folder: string;
let authority: Authority;
/** Trusted here, so that one thing alone is wrong with each certificate. */
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
async function behindTls(leaf: TlsOptions, port = 0): Promise<number> {
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

const host = 'localhost';
const certificates: Readonly<Record<string, () => Promise<Leaf>>> = {
  'ran out': () => authority.issue({ hosts: [host], expired: true }),
  'is that of another server': () => authority.issue({ hosts: ['elsewhere.localhost'] }),
  'nobody vouches for': async () =>
    (await ensureAuthority(join(folder, 'stranger'))).issue({ hosts: [host] }),
};

test.each(Object.entries(certificates))(
  'a certificate that %s ends every connection, nothing is sent or deleted, and a right one lets it go on',
  async (_, issue) => {
    const port = await behindTls(await issue());
    const url = `https://${host}:${port}`;
    const http = createHttp(fetch);
    await expect(http({ url: `${url}/status.php` })).rejects.toMatchObject({ failure: 'certificate' });

    const desk = rig.computer('desk', { url });
    desk.write('mine.txt', 'mine');
    expect(await desk.sync()).toMatchObject({ outcome: 'offline', uploaded: 0 });
    expect(desk.pair.state()).toMatchObject({ kind: 'offline', code: 'badCertificate' });
    expect(rig.server.requests()).toEqual([]);
    expect(desk.tree()).toEqual({ 'mine.txt': 'mine' });

    const [door] = doors.splice(0);
    door?.closeAllConnections();
    door?.close();
    await behindTls(await authority.issue({ hosts: [host] }), port);
    expect((await http({ url: `${url}/status.php` })).status).toBe(200);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
    await expectAtRest(rig, desk);
  },
);

test('a certificate that runs out in the middle of a run ends it as well, and what went before is kept', async () => {
  const port = await behindTls(await authority.issue({ hosts: [host] }));
  const desk = rig.computer('desk', { url: `https://${host}:${port}`, options: { parallel: 1 } });
  for (const name of ['a', 'b', 'c']) desk.write(name, name);
  const stop = desk.pair.subscribe((event) => {
    if (event.type !== 'item' || event.phase !== 'done') return;
    stop();
    for (const door of doors) door.setSecureContext(expired);
    for (const door of doors) door.closeAllConnections();
  });
  const expired = await authority.issue({ hosts: [host], expired: true });
  expect(await desk.sync()).toMatchObject({ outcome: 'offline' });
  expect(desk.pair.state()).toMatchObject({ kind: 'offline', code: 'badCertificate' });
  const [door] = doors;
  door?.setSecureContext(await authority.issue({ hosts: [host] }));
  desk.pair.retry('');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  await expectAtRest(rig, desk);
});

/** A door that lets in only who shows a certificate of the authority's. */
async function forMembersOnly(): Promise<number> {
  const leaf = await authority.issue({ hosts: [host] });
  return behindTls({ ...leaf, ca: authority.caPem, requestCert: true, rejectUnauthorized: true });
}

async function held(name: string, content: string | Buffer): Promise<string> {
  const file = join(rig.base, name);
  await writeFile(file, content, { mode: 0o600 });
  return file;
}

test('who shows no certificate to a server that wants one is told so, and who shows one is let in, also through a proxy', async () => {
  const port = await forMembersOnly();
  const url = `https://${host}:${port}`;
  let desk = rig.computer('desk', { url });
  desk.write('mine.txt', 'mine');
  expect(await desk.sync()).toMatchObject({ outcome: 'offline', uploaded: 0 });
  expect(desk.pair.state()).toMatchObject({ kind: 'offline', code: 'certificateWanted' });
  expect(desk.tree()).toEqual({ 'mine.txt': 'mine' });
  expect(rig.server.requests()).toEqual([]);
  await desk.stop();

  const { cert, key } = await authority.issue({ hosts: [host], holder: 'person' });
  desk = rig.computer('desk', { url, certificate: { file: await held('me.pem', `${cert}${key}`) } });
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
  await desk.stop();

  const tunnelled: string[] = [];
  const proxy = createPlain().on('connect', (asked, socket) => {
    tunnelled.push(asked.url ?? '');
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.pipe(connect(port, '127.0.0.1')).pipe(socket);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  const line = newLine();
  line.setProxies({ [url]: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` });
  const { openRemote } = defaultPorts(newPushHub(), line);
  const locked = await toPkcs12(await authority.issue({ hosts: [host], holder: 'person' }), 'sésame');
  const certificate = {
    file: await held('me.p12', locked),
    passphraseFile: await held('passphrase', 'sésame\n'),
  };
  desk = rig.computer('desk', { url, certificate, ports: { openRemote } });
  await rig.ana.put('theirs.txt', 'theirs');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1 });
  expect(new Set(tunnelled)).toEqual(new Set([`${host}:${port}`]));
  await desk.stop();
  proxy.close();
});

test('the command line shows a certificate too, and says when the server wants one', async () => {
  const url = `https://${host}:${await forMembersOnly()}`;
  const { cert, key } = await authority.issue({ hosts: [host], holder: 'person' });
  const said: string[] = [];
  const output = { line: (text: string) => said.push(text), status: () => undefined };
  const run = (...more: readonly string[]): Promise<number> =>
    runCli({
      args: [
        '--url',
        url,
        '--user',
        'ana',
        '--password-env',
        'PASSWORD',
        '--local',
        join(rig.base, 'desk'),
        ...more,
      ],
      environment: { PASSWORD: rig.password('ana'), XDG_STATE_HOME: `${rig.base}/state` },
      output,
      errors: output,
      signal: new AbortController().signal,
    });
  expect(await run()).toBe(3);
  expect(said.at(-1)).toContain('--client-certificate');
  const file = await held('me.crt', cert);
  expect(await run('--client-certificate', file, '--client-key', await held('me.key', key))).toBe(0);
  expect(await run('--client-key', file)).toBe(2);
});
