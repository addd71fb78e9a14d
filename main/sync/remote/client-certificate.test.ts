import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Authority, ensureAuthority, type Leaf } from '../../../e2e/stack/tls/authority.ts';
import { toPkcs12 } from '../../../e2e/stack/tls/pkcs12.ts';
import type { ClientCertificate } from '../api.ts';
import { CertificateFiles, type HeldCertificate, readCertificate } from './client-certificate.ts';

let folder: string;
let authority: Authority;
let mine: Leaf;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  authority = await ensureAuthority(folder);
  mine = await issue();
  await Promise.all([
    write('me.pem', `${mine.cert}${mine.key}`),
    write('me.crt', mine.cert),
    write('me.key', mine.key),
    write('open.p12', await toPkcs12(mine, '')),
    write('locked.p12', await toPkcs12(mine, 'sésame')),
    write('passphrase', 'sésame\r\n'),
    write('other.key', (await issue()).key),
    write('ended.pem', await endedPem()),
    write('damaged.p12', 'no certificate at all'),
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

const issue = (): Promise<Leaf> => authority.issue({ hosts: ['localhost'], holder: 'person' });
async function endedPem(): Promise<string> {
  const { cert, key } = await authority.issue({ hosts: ['localhost'], holder: 'person', expired: true });
  return `${cert}${key}`;
}
const at = (name: string): string => join(folder, name);
const write = (name: string, content: string | Buffer): Promise<void> => writeFile(at(name), content);
function filesOf(file: string, keyFile?: string, passphraseFile?: string): ClientCertificate {
  return {
    file: at(file),
    ...(keyFile === undefined ? {} : { keyFile: at(keyFile) }),
    ...(passphraseFile === undefined ? {} : { passphraseFile: at(passphraseFile) }),
  };
}

test.each<[string, (string | undefined)?, string?]>([
  ['me.pem'],
  ['me.crt', 'me.key'],
  ['open.p12'],
  ['locked.p12', undefined, 'passphrase'],
])('a certificate is read from %s %s %s', async (...names) => {
  expect((await readCertificate(filesOf(...names), Date.now())).kind).toBe('held');
});

test.each<[string, string, (string | undefined)?, string?]>([
  ['missing', 'nothing.pem'],
  ['missing', 'me.crt', 'nothing.key'],
  ['missing', 'locked.p12', undefined, 'nothing'],
  ['unreadable', '.'],
  ['noKey', 'me.crt'],
  ['noKey', 'me.crt', 'other.key'],
  ['wrongPassphrase', 'locked.p12'],
  ['ended', 'ended.pem'],
  ['unusable', 'damaged.p12'],
])('%s is what is wrong with %s %s %s', async (fault, ...names) => {
  expect(await readCertificate(filesOf(...names), Date.now())).toMatchObject({ kind: 'faulty', fault });
});

test('one that begins later is not shown yet', async () => {
  const yesterday = Date.now() - 86_400_000;
  expect(await readCertificate(filesOf('me.pem'), yesterday)).toMatchObject({ fault: 'notBegun' });
});

test('a renewed certificate is noticed within seconds, and looked for no more often', async () => {
  let now = Date.now();
  await write('renewed.pem', await endedPem());
  const files = new CertificateFiles(filesOf('renewed.pem'), () => now);
  expect(await files.current()).toMatchObject({ fault: 'ended' });
  await write('renewed.pem', `${mine.cert}${mine.key}`);
  expect(await files.current()).toMatchObject({ fault: 'ended' });
  now += 10_000;
  const renewed: HeldCertificate = await files.current();
  expect(renewed.kind).toBe('held');
  now += 10_000;
  expect(await files.current()).toEqual(renewed);
});
