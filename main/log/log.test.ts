import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileLog, lineOf } from './file-log.ts';
import { redact } from './redact.ts';

const SECRET = 'S3cr3tValue';

describe('redact', () => {
  it.each([
    `{"access_token":"${SECRET}","device_id":"ABC"}`,
    `{ access_token: '${SECRET}' }`,
    `{"body":"on se voit \\"demain\\" ${SECRET}"}`,
    `password=${SECRET}&user=camille`,
    `Authorization: Bearer ${SECRET}`,
    `authorization: Basic ${SECRET}==`,
    `https://camille:${SECRET}@files.example/remote.php`,
    `GET https://chat.example/_matrix/client/v3/sync?access_token=${SECRET}&since=1 failed`,
    `https://visio.example/room#jwt=${SECRET}`,
    `traboule://salon/x?${SECRET}`,
    `token syt_${SECRET}_abc_1x2y3z`,
    `eyJhbGciOiJIUzI1NiJ9.${SECRET}.${SECRET}`,
    `{"appPassword": "${SECRET}"}`,
    `poll_token: ${SECRET}`,
    `storageKey="${SECRET}"`,
    `Cookie: ${SECRET}`,
    `recovery_code=${SECRET}`,
    `app password ${SECRET.padEnd(72, 'x')}`,
    `https://files.example/index.php/login/v2/flow/${SECRET.padEnd(128, 'x')}`,
    `newPassword=${SECRET}`,
    `new_password: ${SECRET}`,
    `client_secret=${SECRET}`,
    `X-Auth-Token: ${SECRET}`,
    `requesttoken=${SECRET}`,
    `access_token%3D${SECRET}%26since%3D1`,
    `authorization%3A%20Bearer%20${SECRET}`,
    `"session_key": "${SECRET}"`,
    `password: correct horse ${SECRET}`,
    `Cookie: a=1; oc_session=${SECRET}; b=2`,
    `Set-Cookie: oc_sessionPassphrase=${SECRET}; path=/`,
    `https://camille:p@ss${SECRET}@files.example/x`,
    `{"access_token":"${SECRET}`,
    `{\\"access_token\\":\\"${SECRET}\\"}`,
    JSON.stringify(JSON.stringify(JSON.stringify({ password: `a"${SECRET}"b` }))),
    `{"content":{"body":{"x":"${SECRET}"}}}`,
    inspect({ password: `it's "${SECRET}"` }),
    inspect(new Map([['authorization', `Bearer ${SECRET}`]])),
    inspect(new Headers({ authorization: `Basic ${SECRET}`, cookie: `x=${SECRET}` })),
    `Unexpected token 'x', ..."x:"${SECRET}"" is not valid JSON`,
  ])('removes the secret from %s', (text) => {
    expect(redact(text)).not.toContain(SECRET);
  });

  it('removes keys and recovery codes that no name stands before', () => {
    const key = Buffer.alloc(32, 7).toString('base64');
    const code = 'EsTj 3yST y93F SLpB jJsz eAXc 2XzA ygD3 w69H fGaN TKrj jvwq';
    for (const secret of [key, code, code.replaceAll(' ', '')])
      expect(redact(`the one is ${secret}, kept`)).toBe('the one is ***, kept');
  });

  it('leaves what helps', () => {
    const text = 'PROPFIND https://files.example/remote.php/dav/files/camille/ answered 207 in 31 ms';
    expect(redact(text)).toBe(text);
    expect(redact('https://chat.example/sync?since=1')).toBe('https://chat.example/sync?***');
    expect(redact('{"access_token": "x", "device_id": "ABC"}')).toBe(
      '{"access_token": "***", "device_id": "ABC"}',
    );
    expect(redact('secrets.unreadable keeping=system bodies=3')).toBe(
      'secrets.unreadable keeping=system bodies=3',
    );
  });

  it('removes it wherever it stands among other text', () => {
    const words = fc.array(fc.constantFrom('GET', '{"user":"c"}', 'failed', '=', ':', '\n', '"', ' '), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(words, words, (before, after) => {
        const text = `${before.join(' ')} "access_token": "${SECRET}" ${after.join(' ')}`;
        expect(redact(text)).not.toContain(SECRET);
        expect(redact(redact(text))).toBe(redact(text));
      }),
    );
  });
});

describe('a log line', () => {
  it('holds the facts, and the error with its causes', () => {
    const error = new Error('outer', { cause: new Error(`inner password=${SECRET}`) });
    const line = lineOf('sync.failed', { pair: 3, place: join(homedir(), 'Traboule'), token: SECRET }, error);
    expect(line).toMatch(/^sync\.failed pair=3 place=~.Traboule token=\*\*\*\n {2}Error: outer/);
    expect(line).toContain('Error: inner');
    expect(line).not.toContain(SECRET);
    const answer = lineOf('x', { answer: `{ "access_token": "${SECRET}" }`, newPassword: `two "${SECRET}"` });
    expect(answer).toMatch(/^x answer=.* newPassword="\*\*\*"$/);
    expect(answer).not.toContain(SECRET);
  });

  it.each(['x-', 'a://', 'token: ', 'E', '"', '\\', ' '])(
    'of a million "%s" is short and there at once',
    (part) => {
      const started = performance.now();
      const line = lineOf(
        'much',
        { text: part.repeat(1_000_000 / part.length) },
        new Error(SECRET.repeat(9)),
      );
      expect(line.length).toBeLessThan(25_000);
      expect(line).not.toContain(SECRET);
      expect(performance.now() - started).toBeLessThan(1000);
    },
  );
});

describe('the log file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'log-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('is the owner’s alone and holds no secret', async () => {
    const file = join(folder, 'main.log');
    createFileLog(file, false).warn('sign-in.failed', { user: 'camille' }, new Error(`password: ${SECRET}`));
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(/ warn sign-in\.failed user=camille\n/);
    expect(text).not.toContain(SECRET);
    const { mode } = await stat(file);
    expect(mode & 0o077).toBe(0);
  });

  it('is rotated, and the oldest goes', async () => {
    const log = createFileLog(join(folder, 'main.log'), false);
    const long = 'x-'.repeat(9000);
    for (let n = 0; n < 800; n += 1) log.info('much', { long });
    expect((await readdir(folder)).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'main.1.log',
      'main.2.log',
      'main.3.log',
      'main.log',
    ]);
  });
});
