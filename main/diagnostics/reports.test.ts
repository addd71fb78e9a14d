import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../contract/app-error.ts';
import { createFileLog } from '../log/file-log.ts';
import type { Log } from '../log/log.ts';
import { collectReport } from './collect.ts';
import { Reports } from './reports.ts';
import { policyOf } from './testing.ts';
import { withoutFileNames } from './without-names.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

function reportsOf(saved: Uint8Array[], mayExport = true): Reports {
  return new Reports({
    collect: () =>
      collectReport({
        logs: folder,
        policy: policyOf({ machine: { chatServer: 'https://chat.example' } }),
        crashes: () => [{ at: 0, part: 'program', reason: 'ended', version: '0.1.0' }],
        findings: () => ({ chat: { code: 'chat-fine', facts: { host: 'chat.example' } } }),
        versions: { program: '0.1.0' },
      }),
    mayExport: () => mayExport,
    save: (_name, bytes) => {
      saved.push(bytes);
      return Promise.resolve(true);
    },
    now: () => new Date(2026, 10, 28),
  });
}

/** All that a report on the logs of now would hold, by file. */
async function savedReport(withFileNames: boolean): Promise<Record<string, string>> {
  const saved: Uint8Array[] = [];
  const reports = reportsOf(saved);
  const { bundleId } = await reports.prepare(withFileNames);
  expect(await reports.save(bundleId)).toBe(true);
  const unzipped = Object.entries(unzipSync(saved[0] ?? new Uint8Array()));
  return Object.fromEntries(unzipped.map(([name, bytes]) => [name, strFromU8(bytes)]));
}

describe('a report', () => {
  it('holds what helps, and just what was shown', async () => {
    createFileLog(join(folder, 'main.log'), false).warn('engine.refused', { code: 'offline' });
    const saved: Uint8Array[] = [];
    const reports = reportsOf(saved);
    const { bundleId, files } = await reports.prepare(false);
    expect(files.map(({ name }) => name)).toEqual([
      'versions.json',
      'checks.json',
      'settings.json',
      'crashes.json',
      'logs/main.log',
    ]);
    await reports.save(bundleId);
    const unzipped = unzipSync(saved[0] ?? new Uint8Array());
    for (const { name, bytes } of files) {
      expect(strFromU8(unzipped[name] ?? new Uint8Array())).toBe(reports.read(bundleId, name, 0));
      expect(unzipped[name]?.length).toBe(bytes);
    }
    expect(reports.read(bundleId, 'logs/main.log', 0)).toContain('warn engine.refused code=offline');
    expect(reports.read(bundleId, 'settings.json', 0)).toContain('https://chat.example');
  });

  it('is shown page by page, and of a long log only its end', async () => {
    const line = 'info much of it is here\n';
    await writeFile(join(folder, 'main.log'), line.repeat(60_000));
    const reports = reportsOf([]);
    const { bundleId, files } = await reports.prepare(true);
    const log = files.find(({ name }) => name === 'logs/main.log');
    expect(log?.bytes).toBeLessThanOrEqual(1_000_000);
    const pages = Array.from({ length: log?.pages ?? 0 }, (_, page) =>
      reports.read(bundleId, 'logs/main.log', page),
    );
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.join('')).toBe(line.repeat(Math.floor((log?.bytes ?? 0) / line.length)));
  });

  it('that is not the one at hand, or names another file, is not given', async () => {
    const reports = reportsOf([]);
    const first = await reports.prepare(false);
    expect(() => reports.read(first.bundleId, '../secrets', 0)).toThrow(AppError);
    await reports.prepare(false);
    await expect(reports.save(first.bundleId)).rejects.toMatchObject({ about: 'not-found.file' });
  });

  it('is refused where administrators do not want it', async () => {
    await expect(reportsOf([], false).prepare(false)).rejects.toMatchObject({ about: 'forbidden.setting' });
  });

  it('reads no other files than logs', async () => {
    await writeFile(join(folder, 'accounts.json'), 'x');
    await mkdir(join(folder, 'secrets'));
    expect(Object.keys(await savedReport(true)).filter((name) => name.startsWith('logs/'))).toEqual([]);
  });
});

const letters = (alphabet: string, length: number) =>
  fc
    .array(fc.constantFrom(...Array.from(alphabet)), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const WORD = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** What people choose: spaces, quotes, signs. Long enough that no text has it by chance. */
const password = letters(`${WORD}!#$%*+,-.;?@^_|~ é€`, 14).filter((text) => text.trim() === text);
const word = letters(WORD, 12);

/** A secret, and how it stands in a text. */
interface Planted {
  readonly secret: string;
  readonly text: string;
}
const planted = (secret: fc.Arbitrary<string>, ...texts: readonly ((secret: string) => string)[]) =>
  fc
    .tuple(secret, fc.constantFrom(...texts))
    .map(([own, text]): Planted => ({ secret: own, text: text(own) }));

const SECRETS: Readonly<Record<string, fc.Arbitrary<Planted>>> = {
  'an access token': planted(
    letters(WORD, 24).map((text) => `syt_${text}_x`),
    (token) => `failed with ${token}`,
    (token) => `Authorization: Bearer ${token}`,
    (token) => `https://chat.example/_matrix/media?access_token=${token}&x=1`,
    (token) => JSON.stringify({ access_token: token, device_id: 'D' }),
    (token) => encodeURIComponent(`access_token=${token}&since=1`),
  ),
  'an app password': planted(
    letters(WORD, 72),
    (own) => `login with ${own} refused`,
    (own) => `Basic ${Buffer.from(`camille:${own}`).toString('base64')} ${own}`,
  ),
  'an app password as the settings of Nextcloud show it': planted(
    fc.tuple(...Array.from({ length: 5 }, () => letters(WORD, 5))).map((parts) => parts.join('-')),
    (own) => `refused for ${own} now`,
    (own) => `"${own}"`,
  ),
  'a password': planted(
    password,
    (own) => `password: ${own}`,
    (own) => JSON.stringify({ user: 'camille', password: own }),
    (own) => `{"data":${JSON.stringify(JSON.stringify({ newPassword: own }))}}`,
  ),
  'the sign-in of a proxy': planted(
    word,
    (own) => `http://camille:${own}@proxy.example:3128`,
    (own) => `PROXY camille:${own}@proxy.example:3128; DIRECT`,
    (own) => `proxy=camille:${own}@proxy.example:3128`,
    (own) => `Proxy-Authorization: Basic ${Buffer.from(`camille:${own}`).toString('base64')}`,
    (own) => `Proxy-Authorization: Negotiate ${own}`,
  ),
  'an Authorization header': planted(
    word,
    (own) => `authorization: Basic ${own}==`,
    (own) => `"authorization":"Negotiate ${own}"`,
    (own) => `sent Negotiate ${own}${own}== to the server`,
    (own) => `sent NTLM ${own}${own}== to the server`,
  ),
  'a recovery code': planted(
    letters(BASE58, 44).map((text) => `EsT${text}z`.replaceAll(/(.{4})/g, '$1 ').trim()),
    (own) => `typed ${own}`,
    (own) => `recovery_code=${own}`,
    (own) => `key "${own}"`,
  ),
  'an address with secrets': planted(
    word,
    (own) => `GET https://files.example/index.php/s/x?token=${own}`,
    (own) => `https://${own}@files.example/remote.php`,
    (own) => `wss://push.example/ws#jwt=${own}`,
    (own) => `https://files.example/login/v2/flow?stateToken=${own}&user=x`,
  ),
  'a message': planted(
    word,
    (own) => JSON.stringify({ type: 'm.room.message', content: { body: `${own} à demain` } }),
    (own) => `{"formatted_body":"<b>${own}</b>"}`,
  ),
};

/** How each part of the program writes: main itself, what the others send to it, and errors that come from them. */
const WRITERS: Readonly<Record<string, (log: Log, text: string) => void>> = {
  main: (log, text) => log.error('contract.failed', { channel: 'files.list' }, new Error(text)),
  'main, by a cause': (log, text) =>
    log.warn('engine.refused', { code: 'died' }, new Error('outer', { cause: new Error(`so: ${text}`) })),
  'the sync process': (log, text) => log.error('sync-process.wrong-message', { issue: text }),
  page: (log, text) => log.error('page.page.failed', { name: 'TypeError', message: text.slice(0, 500) }),
  worker: (log, text) => log.error('page.chat.worker', { message: `worker said ${text}`.slice(0, 500) }),
  'call window': (log, text) => log.error('call.crashed', { reason: text }),
};

const KINDS = Object.keys(SECRETS).flatMap((kind) =>
  Object.keys(WRITERS).map((writer) => [kind, writer] as const),
);

describe('no secret is in a report', () => {
  it.each(KINDS)('%s, written by %s', async (kind, writer) => {
    const secret = SECRETS[kind];
    const write = WRITERS[writer];
    if (!secret || !write) throw new Error('unknown');
    const plantedNow = fc.sample(secret, { numRuns: 60, seed: 7 });
    const log = createFileLog(join(folder, 'main.log'), false);
    for (const { text } of plantedNow) write(log, text);
    // An older version may have written what this one would not: the file is cleaned again.
    await writeFile(join(folder, 'main.1.log'), plantedNow.map(({ text }) => `info old ${text}`).join('\n'));
    const all = Object.values(await savedReport(true)).join('\n');
    expect(all).toContain('info old');
    const survived = plantedNow.filter(
      ({ secret: own }) =>
        all.includes(own) || all.includes(Buffer.from(`camille:${own}`).toString('base64')),
    );
    expect(survived.map(({ text }) => text)).toEqual([]);
  });
});

describe('names of files', () => {
  const name = letters(`${WORD} éà()`, 10).filter((text) => text.trim() === text);
  const TEXTS: readonly ((name: string) => string)[] = [
    (own) => `ENOENT: no such file or directory, open '/home/nadia/Traboule/Budget/${own}.xlsx'`,
    (own) => `EPERM: rename 'C:\\Users\\n\\${own}.docx' -> 'C:\\Users\\n\\x.docx'`,
    (own) => `file.locked path="~/Traboule/${own}.odt" seconds=3`,
    (own) => `file.locked path=${JSON.stringify(own)} seconds=3`,
    (own) =>
      `PUT https://files.example/remote.php/dav/files/nadia/${encodeURIComponent(own)}.pdf answered 507`,
    (own) => `failed at ~/Traboule/${own}.pdf`,
    (own) => `failed at \\\\server\\share\\${own}`,
  ];

  it('are taken out unless they are wanted', () => {
    fc.assert(
      fc.property(name, fc.constantFrom(...TEXTS), (own, text) => {
        const clean = withoutFileNames(text(own));
        expect(clean).not.toContain(own);
        expect(clean).not.toContain(encodeURIComponent(own));
      }),
    );
  });

  it('are kept when they are, and frames of stacks always', async () => {
    const frame = '    at open (file:///opt/traboule/resources/app.asar/out/main/index.js:10:5)';
    expect(withoutFileNames(`x\n${frame}`)).toBe(`x\n${frame}`);
    await writeFile(join(folder, 'main.log'), "warn x open '/home/nadia/Plan.pdf'\n");
    expect((await savedReport(true))['logs/main.log']).toContain('Plan.pdf');
    expect((await savedReport(false))['logs/main.log']).toBe("warn x open '<file>'\n");
  });

  it('leave the rest of a line as it is', () => {
    const line =
      '2026-11-28 info contract.answered host=files.example channel=files.list status=502 ratio=1/2';
    expect(withoutFileNames(line)).toBe(line);
    expect(withoutFileNames('page.failed name=TypeError message=x')).toBe(
      'page.failed name=TypeError message=x',
    );
  });
});
