import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createPlainServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch as fetchWith } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Jitsi, type JitsiOptions, startJitsi } from '../../e2e/stack/jitsi/server.ts';
import { type Authority, ensureAuthority, type LeafRequest } from '../../e2e/stack/tls/authority.ts';
import { createHttp, type Http } from '../http/http.ts';
import { diagnoseConference, probeConference } from './conference-server.ts';

let dir: string;
let authority: Authority;
let agent: Agent;
let http: Http;
const running: Jitsi[] = [];
const { signal } = new AbortController();

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'conference-'));
  authority = await ensureAuthority(dir);
  agent = new Agent({ connect: { ca: authority.caPem } });
  // oxlint-disable-next-line no-unsafe-type-assertion -- the same interface, from the library instead of Node
  const trusting = ((url: string, init: object) => fetchWith(url, { ...init, dispatcher: agent })) as unknown;
  // oxlint-disable-next-line no-unsafe-type-assertion -- as above
  http = createHttp(trusting as Parameters<typeof createHttp>[0]);
});
afterAll(async () => {
  await agent.close();
  await rm(dir, { recursive: true });
});
afterEach(async () => {
  for (const jitsi of running.splice(0)) await jitsi.stop();
});

async function serve(
  options: Omit<JitsiOptions, 'tls'> = {},
  leaf: LeafRequest = { hosts: ['localhost'] },
): Promise<string> {
  const jitsi = await startJitsi({ ...options, tls: await authority.issue(leaf) });
  running.push(jitsi);
  return jitsi.host;
}

/** A host on which nothing listens. */
async function nobody(): Promise<string> {
  const server = createPlainServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // oxlint-disable-next-line no-unsafe-type-assertion -- a TCP server's address
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `localhost:${port}`;
}

describe('a conference server', () => {
  it('lets everybody in, or wants a token of the chat server’s', async () => {
    expect(await probeConference(http, await serve(), signal)).toBe('none');
    expect(await probeConference(http, await serve({ auth: 'openidtoken-jwt' }), signal)).toBe(
      'openidtoken-jwt',
    );
  });

  it('that does not answer is unreachable', async () => {
    const unreachable = expect.objectContaining({ about: 'unreachable.conference' });
    await expect(probeConference(http, await nobody(), signal)).rejects.toEqual(unreachable);
    await expect(diagnoseConference(http, await nobody(), signal)).rejects.toEqual(unreachable);
  });

  it('with an expired certificate is told from one that is away', async () => {
    const host = await serve({}, { hosts: ['localhost'], expired: true });
    const wrong = expect.objectContaining({ about: 'certificate.conference' });
    await expect(diagnoseConference(http, host, signal)).rejects.toEqual(wrong);
  });

  it('that has no script for us is none', async () => {
    const host = await serve();
    const elsewhere = (request: Parameters<Http>[0]) =>
      http({ ...request, url: request.url.replace('external_api.js', 'welcome') });
    const wrong = expect.objectContaining({ about: 'not-a-server.conference' });
    await expect(diagnoseConference(elsewhere, host, signal)).rejects.toEqual(wrong);
  });

  it('that is well by now needs no diagnosis', async () => {
    await expect(diagnoseConference(http, await serve(), signal)).resolves.toBeUndefined();
  });
});
