import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Authority, ensureAuthority } from '../../e2e/stack/tls/authority.ts';
import { toPkcs12 } from '../../e2e/stack/tls/pkcs12.ts';
import { createHttp } from '../http/http.ts';
import type { ClientCertificate } from '../sync/api.ts';
import { certifiedHttp } from './certified-http.ts';

let folder: string;
let authority: Authority;
let certificate: ClientCertificate | null;
let mine: ClientCertificate;
/** Lets in only who shows a certificate, and one that does not mind; each with who came. */
let files: string;
let other: string;
const servers: Server[] = [];
const shown = new Map<string, string[]>();
const usual = getCACertificates('default');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certified-'));
  authority = await ensureAuthority(folder);
  setDefaultCACertificates([...usual, authority.caPem]);
  const me = await authority.issue({ hosts: ['localhost'], holder: 'person' });
  mine = { file: join(folder, 'me.p12') };
  await writeFile(mine.file, await toPkcs12(me, ''));
  other = await serve(false);
  files = await serve(true);
});
afterAll(async () => {
  setDefaultCACertificates(usual);
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true });
});

async function serve(rejectUnauthorized: boolean): Promise<string> {
  const leaf = await authority.issue({ hosts: ['localhost'] });
  const server = createServer(
    { ...leaf, ca: authority.caPem, requestCert: true, rejectUnauthorized },
    (request, response) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a server of TLS has
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      shown.set(url, [...(shown.get(url) ?? []), String(subject?.CN ?? 'nobody')]);
      if (request.url === '/away') response.writeHead(302, { location: `${other}/taken` }).end();
      else if (request.url === '/nginx')
        response.writeHead(400).end('<center>No required SSL certificate was sent</center>');
      else request.pipe(response);
    },
  ).listen(0, '127.0.0.1');
  await new Promise((resume) => server.once('listening', resume));
  servers.push(server);
  const address = server.address();
  const url = `https://localhost:${typeof address === 'object' ? address?.port : ''}`;
  return url;
}

const http = certifiedHttp({
  plain: createHttp(fetch),
  certificate: () => certificate,
  servers: () => [`${files}/cloud`],
  proxyFor: () => Promise.resolve(undefined),
  trusted: () => Promise.resolve([authority.caPem]),
});

it('shows the certificate to the file server, and to no other', async () => {
  certificate = mine;
  const answer = await http({
    url: `${files}/cloud/a?b`,
    method: 'PROPFIND',
    body: 'é',
    headers: { depth: '0' },
  });
  expect(answer).toMatchObject({ status: 200, text: 'é' });
  expect((await http({ url: `${other}/status.php` })).status).toBe(200);
  expect([shown.get(files), shown.get(other)]).toEqual([['localhost'], ['nobody']]);
});

it('follows no redirect with it', async () => {
  certificate = mine;
  expect((await http({ url: `${files}/away` })).status).toBe(302);
  expect(shown.get(other)).toEqual(['nobody']);
});

it('says that a certificate is wanted, by an alert or by a page', async () => {
  const wanted = { failure: 'own-certificate' };
  certificate = { file: join(folder, 'nothing.p12') };
  await expect(http({ url: `${files}/cloud` })).rejects.toMatchObject(wanted);
  certificate = mine;
  await expect(http({ url: `${files}/nginx` })).rejects.toMatchObject(wanted);
});
