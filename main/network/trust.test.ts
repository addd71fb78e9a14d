import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Authority, ensureAuthority } from '../../e2e/stack/tls/authority.ts';
import type { Log } from '../log/log.ts';
import { authoritiesIn, readAuthorities } from './authorities.ts';
import { isVouchedFor } from './trust.ts';

let folder: string;
let authority: Authority;
let stranger: Authority;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trust-'));
  authority = await ensureAuthority(join(folder, 'one'));
  stranger = await ensureAuthority(join(folder, 'other'));
});
afterAll(() => rm(folder, { recursive: true }));

const now = new Date();
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const authorities = (...all: readonly Authority[]) => all.flatMap(({ caPem }) => authoritiesIn(caPem));

describe('an authority that the policy names', () => {
  it('vouches for its servers, by name and by address', async () => {
    const { cert } = await authority.issue({ hosts: ['localhost', '127.0.0.1'] });
    const chain = [new X509Certificate(cert)];
    const shown = { chain, authorities: authorities(stranger, authority), now };
    expect(isVouchedFor({ ...shown, host: 'localhost' })).toBe(true);
    expect(isVouchedFor({ ...shown, host: '127.0.0.1' })).toBe(true);
    expect(isVouchedFor({ ...shown, host: '127.0.0.2' })).toBe(false);
    expect(isVouchedFor({ ...shown, host: 'chat.localhost' })).toBe(false);
  });

  it('does not vouch for what another one of the same name signed', async () => {
    const { cert } = await authority.issue({ hosts: ['localhost'] });
    const chain = [new X509Certificate(cert)];
    expect(isVouchedFor({ host: 'localhost', chain, authorities: authorities(stranger), now })).toBe(false);
    expect(isVouchedFor({ host: 'localhost', chain, authorities: [], now })).toBe(false);
    expect(isVouchedFor({ host: 'localhost', chain: [], authorities: authorities(authority), now })).toBe(
      false,
    );
  });

  it('does not vouch before or after its time, nor for a certificate that ended', async () => {
    const { cert } = await authority.issue({ hosts: ['localhost'] });
    const ended = await authority.issue({ hosts: ['localhost'], expired: true });
    const shown = { host: 'localhost', authorities: authorities(authority) };
    const chain = [new X509Certificate(cert)];
    expect(isVouchedFor({ ...shown, chain, now: inDays(91) })).toBe(false);
    expect(isVouchedFor({ ...shown, chain, now: inDays(-2) })).toBe(false);
    expect(isVouchedFor({ ...shown, chain: [new X509Certificate(ended.cert)], now })).toBe(false);
  });

  it('vouches for no name that it is not allowed to, whatever it signed', async () => {
    const { cert } = await authority.issue({ hosts: ['bank.example', '10.1.2.3'] });
    const shown = { chain: [new X509Certificate(cert)], authorities: authorities(authority), now };
    expect(isVouchedFor({ ...shown, host: 'bank.example' })).toBe(false);
    expect(isVouchedFor({ ...shown, host: '10.1.2.3' })).toBe(false);
  });

  it('is no server itself', () => {
    const [own] = authorities(authority);
    const chain = own === undefined ? [] : [own];
    expect(isVouchedFor({ host: 'localhost', chain, authorities: chain, now })).toBe(false);
  });
});

describe('files of authorities', () => {
  it('are read; what is none is logged and left out', async () => {
    const both = join(folder, 'both.pem');
    const none = join(folder, 'none.pem');
    const broken = join(folder, 'broken.pem');
    const leaf = await authority.issue({ hosts: ['localhost'] });
    await writeFile(both, `# two\n${authority.caPem}\n${stranger.caPem}`);
    await writeFile(none, leaf.cert);
    await writeFile(broken, '-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n');
    const events: string[] = [];
    const note = (event: string) => void events.push(event);
    const log: Log = { info: note, warn: note, error: note };
    const found = await readAuthorities([both, none, broken, join(folder, 'missing.pem')], log);
    expect(found).toHaveLength(2);
    expect(events.toSorted()).toEqual(['authority.none', 'authority.unreadable', 'authority.unreadable']);
  });
});
