import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppImageUpdater } from 'electron-updater';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { usualValues } from '../policy/schema/table.ts';
import { updaterPort } from './updater-port.ts';
import { Updates } from './updates.ts';

// electron-updater itself, against a feed on loopback: only its requests are Node's instead of Electron's.
class NodeExecutor extends ElectronHttpExecutor {
  override createRequest(options: object, callback: (response: never) => void): never {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a request of Node's is what Electron's is like
    return request(options, callback as () => void) as never;
  }
}

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const KEY = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const sha512 = (bytes: Buffer): string => createHash('sha512').update(bytes).digest('base64');

let folder: string;
let server: Server;
/** What the feed's server gives, by path. */
let served: Map<string, Buffer>;
let cutAfter: number | null;
const image = (): string => join(folder, 'Traboule.AppImage');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'feed-'));
  served = new Map();
  cutAfter = null;
  server = createServer((asked, response) => {
    const bytes = served.get(new URL(asked.url ?? '', 'http://x').pathname);
    if (!bytes) return response.writeHead(404).end();
    response.writeHead(200, { 'content-length': bytes.length });
    if (cutAfter === null || bytes.length < cutAfter) return response.end(bytes);
    response.write(bytes.subarray(0, cutAfter));
    return setImmediate(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await writeFile(image(), '#!/bin/sh\nexit 0\n');
  await writeFile(
    join(folder, 'app-update.yml'),
    'provider: generic\nurl: http://none.invalid\nupdaterCacheDirName: t\n',
  );
  vi.stubEnv('APPIMAGE', image());
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A new version: a program that says where it ran, so long that it comes in several pieces. */
function newProgram(version: string): Buffer {
  const begin = `#!/bin/sh\necho '${version}' > '${join(folder, 'applied')}'\nexit 0\n`;
  return Buffer.concat([Buffer.from(begin), Buffer.alloc(300_000, '#')]);
}

/** Puts a version into the feed, as `npm run package` signs it. */
function publish(
  version: string,
  change: { announced?: Buffer; more?: string; signed?: boolean; purpose?: string } = {},
): void {
  const program = newProgram(version);
  const digest = sha512(change.announced ?? program);
  const name = `traboule-${version}.AppImage`;
  const list = `version: ${version}
files:
  - url: ${name}
    sha512: ${digest}
    size: ${program.length}
path: ${name}
sha512: ${digest}
releaseDate: '2026-11-20T10:00:00.000Z'
${change.purpose ?? 'product: fr.traboule.traboule\nlist: latest-linux.yml\n'}${change.more ?? ''}`;
  served.set('/latest-linux.yml', Buffer.from(list));
  const said = change.signed === false ? `${list} ` : list;
  served.set(
    '/latest-linux.yml.sig',
    Buffer.from(sign(null, Buffer.from(said), privateKey).toString('base64')),
  );
  served.set(`/${name}`, program);
}

function program(policy: Partial<ReturnType<typeof usualValues>> = {}) {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const percents: number[] = [];
  const atEnd: ((exitCode: number) => void)[] = [];
  const updater = new AppImageUpdater(null, {
    version: '0.1.0',
    name: 'traboule',
    isPackaged: true,
    appUpdateConfigPath: join(folder, 'app-update.yml'),
    userDataPath: folder,
    baseCachePath: join(folder, 'cache'),
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: (handler: (exitCode: number) => void) => void atEnd.push(handler),
  });
  Object.assign(updater, { httpExecutor: new NodeExecutor() });
  updater.disableDifferentialDownload = true;
  const updates = new Updates({
    updater: async () => updaterPort(updater, () => updater.install(true, true), silentLog),
    policy: () => ({ ...usualValues(), updateMode: 'automatic', ...policy }),
    brand: { feed: `http://127.0.0.1:${address.port}/`, key: KEY, product: 'fr.traboule.traboule' },
    installed: 'renewable',
    isInCall: () => false,
    tell: (state) => {
      if (state.status === 'fetching') percents.push(state.percent);
    },
    now: () => new Date('2026-11-28T12:00:00Z'),
    log: silentLog,
  });
  updates.noteUnsent(0);
  const end = (exitCode: number): void => {
    for (const handler of atEnd) handler(exitCode);
  };
  return { updates, percents, end };
}

/** What runs now where the program was, and what was kept of a new one. */
const inPlace = (): Promise<string> => readFile(image(), 'utf8');
const kept = (): Promise<string[]> => readdir(join(folder, 'cache', 't', 'pending')).catch(() => []);

describe('a feed on loopback', () => {
  it('offers a newer version, which is fetched with its progress, put in place and begun', async () => {
    publish('0.2.0');
    const { updates, percents } = program();
    await updates.look();
    expect(updates.state).toEqual({ status: 'ready', version: '0.2.0' });
    expect(percents.at(-1)).toBe(100);
    await chmod(image(), 0o755);
    expect(await updates.install()).toBe('begun');
    const applied = () => readFile(join(folder, 'applied'), 'utf8').catch(() => '');
    await vi.waitFor(async () => expect(await applied()).toBe('0.2.0\n'), { timeout: 5000 });
    expect(await inPlace()).toMatch(/^#!\/bin\/sh\necho '0\.2\.0'/);
  });

  it('has its newer version put in place when the program ends, unless it ends badly', async () => {
    publish('0.2.0');
    const { updates, end } = program();
    await updates.look();
    await chmod(join(folder, 'cache', 't', 'pending', 'traboule-0.2.0.AppImage'), 0o755);
    end(1);
    expect(await inPlace()).toBe('#!/bin/sh\nexit 0\n');
    end(0);
    expect(await inPlace()).toMatch(/^#!\/bin\/sh\necho '0\.2\.0'/);
  });

  it.each([
    [
      'bytes that are not the announced ones',
      'damaged',
      () => publish('0.2.0', { announced: Buffer.from('other') }),
    ],
    [
      'a file that ends too early',
      'damaged',
      () => {
        publish('0.2.0');
        served.set('/traboule-0.2.0.AppImage', newProgram('0.2.0').subarray(0, 100_000));
      },
    ],
    [
      'a line that breaks in the midst',
      'unreachable',
      () => {
        publish('0.2.0');
        cutAfter = 100_000;
      },
    ],
    ['a list that was signed with other words', 'untrusted', () => publish('0.2.0', { signed: false })],
    ...[
      ['the signed list of another channel', 'product: fr.traboule.traboule\nlist: beta-linux.yml\n'],
      ['the signed list of another system', 'product: fr.traboule.traboule\nlist: latest.yml\n'],
      ['the signed list of another product', 'product: fr.traboule.tno\nlist: latest-linux.yml\n'],
      ['a signed list that is for anybody', ''],
    ].map(([what = '', purpose = '']) => [what, 'untrusted', () => publish('0.2.0', { purpose })] as const),
    [
      'a list without a signature',
      'unreachable',
      () => {
        publish('0.2.0');
        served.delete('/latest-linux.yml.sig');
      },
    ],
    ['a version that is none', 'damaged', () => publish('latest')],
  ] as const)('with %s changes nothing: %s', async (_, why, prepare) => {
    prepare();
    const { updates } = program();
    await updates.look();
    expect(updates.state).toEqual({ status: 'failed', why });
    expect(await updates.install()).toBe('not-ready');
    expect(await inPlace()).toBe('#!/bin/sh\nexit 0\n');
    expect((await kept()).filter((name) => name.endsWith('.AppImage'))).toEqual([]);
  });

  it('with a lower version, or the same, offers nothing', async () => {
    for (const version of ['0.0.9', '0.1.0']) {
      publish(version);
      const { updates } = program();
      await updates.look();
      expect(updates.state.status).toBe('current');
    }
  });

  it('offers a version to a part of the PCs first', async () => {
    for (const [part, status] of [
      [0, 'current'],
      [100, 'ready'],
    ] as const) {
      publish('0.2.0', { more: `stagingPercentage: ${part}\n` });
      const { updates } = program();
      await updates.look();
      expect(updates.state.status).toBe(status);
    }
  });

  it('is waited with as many days as the policy says', async () => {
    publish('0.2.0');
    const { updates } = program({ updateDeferralDays: 9 });
    await updates.look();
    expect(updates.state.status).toBe('current');
    const later = program({ updateDeferralDays: 8 });
    await later.updates.look();
    expect(later.updates.state.status).toBe('ready');
  });
});
