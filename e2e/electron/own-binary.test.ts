import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchOwn, type OwnPlace, ownExecutable, ownVersion, ownWasRefused } from './own-binary.ts';

let home: string;
let releases: Server;
let place: OwnPlace;
let asked: string[];

const INSTALLS = `const { mkdirSync, writeFileSync } = require('fs');
mkdirSync(__dirname + '/dist'); writeFileSync(__dirname + '/dist/electron', ''); writeFileSync(__dirname + '/path.txt', 'electron');`;
const BREAKS_OFF = "console.error('connection reset'); process.exit(1)";

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'traboule-own-'));
  asked = [];
  releases = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(request.url?.startsWith('/there/') ? 200 : 403).end();
  });
  releases.listen(0, '127.0.0.1');
  await once(releases, 'listening');
});

afterEach(async () => {
  releases.closeAllConnections();
  releases.close();
  await rm(home, { recursive: true });
});

async function electronAt(path: string, install: string): Promise<void> {
  const address = releases.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  place = {
    package: join(home, 'electron'),
    cache: join(home, 'cache'),
    releases: `http://127.0.0.1:${address.port}/${path}/`,
  };
  await mkdir(place.package);
  await writeFile(join(place.package, 'package.json'), '{"version":"45.0.0"}');
  await writeFile(join(place.package, 'install.js'), install);
}

test('it is fetched where its releases answer', async () => {
  await electronAt('there', INSTALLS);
  expect(await ownExecutable(place)).toBeUndefined();
  const path = join(place.package, 'dist', 'electron');
  expect(await fetchOwn({}, place)).toBe(path);
  expect(await ownExecutable(place)).toBe(path);
  expect([asked, await ownWasRefused(place), await ownVersion(place)]).toEqual([
    ['HEAD /there/v45.0.0/SHASUMS256.txt'],
    false,
    '45.0.0',
  ]);
});

test('two that want it at the same time fetch it once', async () => {
  await electronAt('there', INSTALLS);
  const path = join(place.package, 'dist', 'electron');
  expect(await Promise.all([fetchOwn({}, place), fetchOwn({}, place)])).toEqual([path, path]);
});

test.each([
  ['its releases do not answer', 'refused', INSTALLS],
  ['the download breaks off', 'there', BREAKS_OFF],
])('when %s it is not to be had, and that is told and noted', async (_, path, install) => {
  await electronAt(path, install);
  const told: string[] = [];
  expect(await fetchOwn({ progress: (line) => told.push(line) }, place)).toBeUndefined();
  expect(told.at(-1)).toMatch(/^Electron 45\.0\.0 is not to be had: /);
  expect([await ownWasRefused(place), await ownExecutable(place)]).toEqual([true, undefined]);
});

test('a stop while it is asked for is no refusal', async () => {
  await electronAt('there', INSTALLS);
  const stop = AbortSignal.abort(new Error('enough'));
  await expect(fetchOwn({ stop }, place)).rejects.toThrow('enough');
  expect(await ownWasRefused(place)).toBe(false);
});
