import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensureAuthority, type Leaf } from './authority.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'authority-'));
});
afterEach(() => rm(dir, { recursive: true }));

function portOf(server: tls.Server): number {
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}

/** What a client that trusts `ca` says of a server with this leaf. */
async function handshake(leaf: Leaf, ca: string | undefined, servername = 'localhost'): Promise<string> {
  const server = tls.createServer({ key: leaf.key, cert: leaf.cert }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.end('hello');
  });
  server.on('tlsClientError', (_, socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = tls.connect({ host: '127.0.0.1', port: portOf(server), servername, ...(ca ? { ca } : {}) });
  try {
    return await new Promise((resolve) => {
      client.once('secureConnect', () => resolve('trusted'));
      client.once('error', (error: NodeJS.ErrnoException) => resolve(`${error.code} ${error.message}`));
    });
  } finally {
    client.destroy();
    server.close();
  }
}

describe('the local authority', () => {
  test('vouches for a server to those who trust it, and to nobody else', async () => {
    const { caPem, issue } = await ensureAuthority(dir);
    const leaf = await issue({ hosts: ['localhost', '127.0.0.1'] });
    expect(await handshake(leaf, caPem)).toBe('trusted');
    expect(await handshake(leaf, undefined)).toContain('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  test('names the hosts asked for and no other', async () => {
    const { caPem, issue } = await ensureAuthority(dir);
    const leaf = await issue({ hosts: ['localhost', '127.0.0.1'] });
    const certificate = new X509Certificate(leaf.cert);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(await handshake(leaf, caPem, 'files.example')).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('is not believed about hosts beyond this machine', async () => {
    const { caPem, issue } = await ensureAuthority(dir);
    const leaf = await issue({ hosts: ['meet.example'] });
    expect(await handshake(leaf, caPem, 'meet.example')).toContain('permitted subtree violation');
  });

  test('makes an expired certificate when a test asks for one', async () => {
    const { caPem, issue } = await ensureAuthority(dir);
    const leaf = await issue({ hosts: ['localhost'], expired: true });
    expect(await handshake(leaf, caPem)).toContain('CERT_HAS_EXPIRED');
  });

  test('holds for as many days as asked', async () => {
    const { issue } = await ensureAuthority(dir);
    const certificate = new X509Certificate((await issue({ hosts: ['localhost'], days: 3 })).cert);
    const hours = (Date.parse(certificate.validTo) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(71);
    expect(hours).toBeLessThanOrEqual(72);
  });

  test('tells the hash of the key that the certificate carries', async () => {
    const { issue } = await ensureAuthority(dir);
    const leaf = await issue({ hosts: ['localhost'] });
    const spki = new X509Certificate(leaf.cert).publicKey.export({ type: 'spki', format: 'der' });
    expect(leaf.spkiSha256Base64).toBe(createHash('sha256').update(spki).digest('base64'));
  });
});

describe('the folder of the authority', () => {
  test('gives the same authority the next time', async () => {
    const first = await ensureAuthority(dir);
    const leaf = await first.issue({ hosts: ['localhost'] });
    const second = await ensureAuthority(dir);
    expect(second.caPem).toBe(first.caPem);
    expect(await handshake(leaf, second.caPem)).toBe('trusted');
  });

  test('keeps one authority when several come at once, and nothing half-made', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => ensureAuthority(dir)));
    expect(new Set(all.map(({ caPem }) => caPem)).size).toBe(1);
    expect(await readdir(dir)).toEqual(['authority']);
  });

  test('keeps its key to its owner', async () => {
    await ensureAuthority(dir);
    const { mode } = await stat(join(dir, 'authority', 'ca-key.pem'));
    expect(mode & 0o077).toBe(0);
  });

  test('says what to do when it is damaged', async () => {
    const { caPath } = await ensureAuthority(dir);
    await writeFile(caPath, 'not a certificate');
    await expect(ensureAuthority(dir)).rejects.toThrow(/remove that folder to make a new one/);
  });
});
