import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { busAddress, openSessionBus } from './session-bus.ts';

// A socket that is none of a bus: it takes whoever comes, and lets nobody in.
let dir: string;
let server: Server;
const callers: Socket[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bus-'));
  server = createServer((socket) => {
    callers.push(socket);
    socket.on('data', () => socket.write('REJECTED\r\n'));
  });
  server.listen(join(dir, 'bus'));
  await once(server, 'listening');
});
afterEach(async () => {
  for (const caller of callers.splice(0)) caller.destroy();
  server.close();
  await rm(dir, { recursive: true });
});

test('a bus that lets nobody in is said to be none, and no connection stays open', async () => {
  let isLost = false;
  const opened = openSessionBus(`unix:path=${join(dir, 'bus')}`, () => {
    isLost = true;
  });
  await expect(opened).rejects.toThrow('No authentication methods left');
  const [caller] = callers;
  if (!caller) throw new Error('nobody came');
  if (!caller.closed) await once(caller, 'close');
  expect(isLost).toBe(false);
});

test.each([
  [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1/bus,guid=a' }, 'unix:path=/run/user/1/bus,guid=a'],
  [{ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=evil;unix:abstract=/tmp/x' }, 'unix:abstract=/tmp/x'],
  [{ DBUS_SESSION_BUS_ADDRESS: 'unixexec:path=/bin/sh', XDG_RUNTIME_DIR: '/run/user/1' }, null],
  [{ XDG_RUNTIME_DIR: '/run/user/1' }, 'unix:path=/run/user/1/bus'],
  [{}, null],
])('the bus of %j is %j', (env, address) => {
  expect(busAddress(env, (path) => path === '/run/user/1/bus')).toBe(address);
});
