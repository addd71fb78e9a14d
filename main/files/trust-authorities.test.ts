import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { fetch } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Authority, ensureAuthority } from '../../e2e/stack/tls/authority.ts';
import { silentLog } from '../log/silent.ts';
import { authorityArguments, trustAuthorities } from './trust-authorities.ts';

let folder: string;
let authority: Authority;
let server: Server;
const before = tls.getCACertificates('default');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'authorities-'));
  authority = await ensureAuthority(folder);
  const leaf = await authority.issue({ hosts: ['localhost'] });
  server = createServer(leaf, (_request, response) => response.end('ok'));
  await new Promise<void>((resume) => server.listen(0, '127.0.0.1', resume));
});
afterAll(async () => {
  tls.setDefaultCACertificates(before);
  server.closeAllConnections();
  await new Promise((resume) => server.close(resume));
  await rm(folder, { recursive: true });
});

function ask(): Promise<string> {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return fetch(`https://localhost:${port}/`, {
    headers: { connection: 'close' },
  }).then((answer) => answer.text());
}

it('the files’ connections trust the system’s authorities and those of the policy, and no other', async () => {
  await trustAuthorities(['--other'], silentLog);
  await expect(ask()).rejects.toThrow('fetch failed');
  const system = tls.getCACertificates('system');
  expect(tls.getCACertificates('default')).toEqual(expect.arrayContaining(system));
  await trustAuthorities(['--other', ...authorityArguments([authority.caPath])], silentLog);
  expect(await ask()).toBe('ok');
});
