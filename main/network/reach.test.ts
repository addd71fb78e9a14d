import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Reach } from '../../preload/contract/network.ts';
import { createHttp } from '../http/http.ts';
import { HttpError, type HttpFailure } from '../http/http-error.ts';
import { silentLog } from '../log/silent.ts';
import { ReachWatch, reachOf } from './reach.ts';

async function addressOf(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  if (typeof at !== 'object' || !at) throw new Error('the server has no address');
  return `http://127.0.0.1:${at.port}`;
}

describe('who answers in the place of the chat server', () => {
  const http = createHttp((url, init) => fetch(url, init));
  let server: Server;
  let answer: RequestListener;
  let address: string;
  beforeEach(async () => {
    server = createServer((request, response) => answer(request, response));
    address = await addressOf(server);
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  test.each<[string, Reach, (response: Parameters<RequestListener>[1]) => void]>([
    ['the server itself', 'reached', (response) => response.end('{"versions":["v1.11"]}')],
    ['a page of the network', 'stranger', (response) => response.end('<html>Bienvenue à l’hôtel</html>')],
    ['a page that wants a password', 'stranger', (response) => response.writeHead(511).end('<html>')],
    [
      'the organisation’s front, with nothing behind it',
      'silent',
      (response) => response.writeHead(502).end('<html>'),
    ],
    ['nobody', 'silent', (response) => response.destroy()],
  ])('%s: %s', async (_, expected, respond) => {
    answer = (_request, response) => respond(response);
    expect(await reachOf(http, address)).toBe(expected);
  });

  test('another server to which one is led', async () => {
    const other = createServer((_request, response) => response.end('{"versions":["v1.11"]}'));
    const location = `${await addressOf(other)}/`;
    answer = (_request, response) => response.writeHead(302, { location }).end();
    expect(await reachOf(http, address)).toBe('stranger');
    other.close();
    other.closeAllConnections();
  });

  test.each<[HttpFailure, Reach]>([
    ['offline', 'no-network'],
    ['certificate', 'stranger'],
    ['insecure', 'stranger'],
    ['timeout', 'silent'],
  ])('without an answer: %s', async (failure, expected) => {
    expect(await reachOf(() => Promise.reject(new HttpError(failure)), address)).toBe(expected);
  });
});

describe('whether the servers are reached', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  function setUp() {
    const world = { isOnline: true, page: '<html>', asked: 0 };
    const told: Reach[] = [];
    const watch = new ReachWatch({
      isOnline: () => world.isOnline,
      chatServer: () => 'https://chat.example',
      http: ({ url }) => {
        world.asked += 1;
        return Promise.resolve({ status: 200, headers: new Headers(), text: world.page, url });
      },
      tell: (reach) => told.push(reach),
      log: silentLog,
      chance: () => 0.5,
    });
    return { world, told, watch, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
  }

  test('is what the chat says; nobody is asked while it hears its server', async () => {
    const { world, told, watch, pass } = setUp();
    watch.heard(true);
    await pass(600_000);
    expect({ told, asked: world.asked, value: watch.value }).toEqual({
      told: [],
      asked: 0,
      value: 'reached',
    });
  });

  test('has a reason as soon as the chat hears nothing, looked for again until it does', async () => {
    const { world, told, watch, pass } = setUp();
    watch.heard(false);
    watch.heard(false);
    await pass(0);
    expect(told).toEqual(['stranger']);
    world.isOnline = false;
    await pass(30_000);
    expect(told).toEqual(['stranger', 'no-network']);
    watch.heard(true);
    expect(told.at(-1)).toBe('reached');
    await pass(600_000);
    expect(world.asked).toBe(1);
  });

  test('a network that only looks like one is not taken for the organisation’s', async () => {
    const { world, told, watch, pass } = setUp();
    world.isOnline = false;
    watch.heard(false);
    await pass(0);
    world.isOnline = true;
    await pass(30_000);
    expect(told).toEqual(['no-network', 'stranger']);
    watch.close();
    await pass(600_000);
    expect(world.asked).toBe(1);
  });
});
