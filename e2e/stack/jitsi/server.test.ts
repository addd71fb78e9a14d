import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Authority, ensureAuthority } from '../tls/authority.ts';
import { Guest } from './guest.ts';
import { type Jitsi, type JitsiOptions, startJitsi } from './server.ts';

let dir: string;
let authority: Authority;
const running: Jitsi[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'jitsi-'));
  authority = await ensureAuthority(dir);
});
afterAll(() => rm(dir, { recursive: true }));
afterEach(async () => {
  for (const jitsi of running.splice(0)) await jitsi.stop();
});

async function start(options: Omit<JitsiOptions, 'tls'> = {}): Promise<Jitsi> {
  const jitsi = await startJitsi({ ...options, tls: await authority.issue({ hosts: ['localhost'] }) });
  running.push(jitsi);
  return jitsi;
}

async function get(url: string) {
  const request = https.get(url, { ca: authority.caPem });
  const [response] = await once(request, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return {
    status: response.statusCode,
    headers: response.headers,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

const arrive = (jitsi: Jitsi, name: string, keys: { password?: string; jwt?: string } = {}) =>
  Guest.arrive({ url: jitsi.url, caPem: authority.caPem, room: 'JitsiAbcDef', name, ...keys });

describe('the pages', () => {
  test('come over TLS that the local authority vouches for', async () => {
    const { url } = await start();
    const script = await get(`${url}/external_api.js`);
    expect(script.status).toBe(200);
    expect(script.headers['content-type']).toContain('javascript');
    expect(script.text).toContain('JitsiMeetExternalAPI');
  });

  test('may be framed by anybody, and never claim the other ports of this machine for https', async () => {
    const { url } = await start();
    const page = await get(`${url}/JitsiAbcDef?lang=fr`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('/libs/conference.js');
    expect(page.headers).not.toHaveProperty('x-frame-options');
    expect(page.headers).not.toHaveProperty('content-security-policy');
    expect(page.headers).not.toHaveProperty('strict-transport-security');
  });

  test('say in both languages what they are', async () => {
    const { url } = await start();
    const { text } = await get(`${url}/libs/conference.js`);
    expect(text).toContain(String.raw`"Ce serveur de d\xE9monstration tient lieu de Jitsi Meet"`);
    expect(text).toContain('This demonstration server stands in for Jitsi Meet');
  });

  test('bring every file they name, and nothing else', async () => {
    const { url } = await start();
    for (const path of ['/css/page.css', '/libs/conference.js', '/fonts/text.woff2']) {
      expect((await get(url + path)).status).toBe(200);
    }
    expect((await get(`${url}/libs/other.js`)).status).toBe(404);
  });
});

describe('the way in, as Element asks for it', () => {
  test('is open when nothing is said', async () => {
    const { url } = await start();
    expect((await get(`${url}/.well-known/element/jitsi`)).status).toBe(404);
  });

  test('takes a token when one is asked for', async () => {
    const jitsi = await start({ auth: 'openidtoken-jwt' });
    const { text } = await get(`${jitsi.url}/.well-known/element/jitsi`);
    expect(JSON.parse(text)).toEqual({ auth: 'openidtoken-jwt' });
    const without = await arrive(jitsi, 'Karim');
    expect(await without.next('refused')).toEqual({ type: 'refused', reason: 'token' });
    const matrix = { token: 'opaque', room_id: '!salon:test', server_name: 'test' };
    const claims = Buffer.from(JSON.stringify({ room: '*', context: { matrix } })).toString('base64url');
    const withToken = await arrive(jitsi, 'Karim', { jwt: `e30.${claims}.c2lnbmVk` });
    expect(await withToken.next('welcome')).toMatchObject({ you: { name: 'Karim' } });
  });
});

describe('a conference over the network', () => {
  test('connects two participants and tells a test who is in it', async () => {
    const jitsi = await start();
    const karim = await arrive(jitsi, 'Karim');
    const { you } = await karim.next('welcome');
    const ines = await arrive(jitsi, 'Inès');
    const { participant } = await karim.next('joined');
    expect(participant.name).toBe('Inès');
    const data = { description: { type: 'offer' as const, sdp: 'v=0' } };
    ines.say({ type: 'signal', to: you.id, data });
    expect(await karim.next('signal')).toEqual({ type: 'signal', from: participant.id, data });
    expect(jitsi.conferences()).toMatchObject([
      { room: 'jitsiabcdef', participants: [{ name: 'Karim', role: 'moderator' }, { name: 'Inès' }] },
    ]);
    await ines.leave();
    expect(await karim.next('left')).toEqual({ type: 'left', id: participant.id });
  });

  test('shows what arrives at each participant', async () => {
    const jitsi = await start();
    const karim = await arrive(jitsi, 'Karim');
    await karim.next('welcome');
    const flow = {
      from: 'ines',
      framesDecoded: 24,
      screenFramesDecoded: 0,
      audioPackets: 50,
      width: 640,
      height: 360,
    };
    karim.say({ type: 'flows', flows: [flow] });
    await expect
      .poll(() => jitsi.conferences()[0]?.participants[0]?.receiving, { timeout: 10_000 })
      .toEqual([flow]);
  });

  test('has a lobby when it was started with one', async () => {
    const jitsi = await start({ lobby: true });
    const karim = await arrive(jitsi, 'Karim');
    await karim.next('welcome');
    const bureau = await arrive(jitsi, 'Bureau Thévenet');
    await bureau.next('waiting');
    const { id, name } = await karim.next('knock');
    expect(name).toBe('Bureau Thévenet');
    karim.say({ type: 'answer-knock', id, approved: true });
    await bureau.next('welcome');
  });

  test('is forgotten when all have left', async () => {
    const jitsi = await start();
    const karim = await arrive(jitsi, 'Karim');
    await karim.next('welcome');
    await karim.leave();
    await expect.poll(() => jitsi.conferences(), { timeout: 10_000 }).toEqual([]);
  });

  test('ends with the server', async () => {
    const jitsi = await startJitsi({ tls: await authority.issue({ hosts: ['localhost'] }) });
    const socket = new WebSocket(`wss://${jitsi.host}/signal`, { ca: authority.caPem });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await jitsi.stop();
    await closed;
    await expect(get(jitsi.url)).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe('the door', () => {
  test('is closed to pages of another origin', async () => {
    const { host } = await start();
    const socket = new WebSocket(`wss://${host}/signal`, {
      ca: authority.caPem,
      origin: 'https://evil.example',
    });
    const [error] = await once(socket, 'error');
    expect(error.message).toContain('401');
  });

  test.each([
    ['no JSON', 'hello'],
    ['an unknown word', '{"type":"open-sesame"}'],
    ['a hello without a name', '{"type":"hello","room":"a","self":{}}'],
  ])('ends a connection that says %s', async (_, text) => {
    const { host } = await start();
    const socket = new WebSocket(`wss://${host}/signal`, { ca: authority.caPem });
    await once(socket, 'open');
    socket.send(text);
    const [code] = await once(socket, 'close');
    expect(code).toBe(1007);
  });
});
