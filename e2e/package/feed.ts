import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { ensureAuthority } from '../stack/tls/authority.ts';

/** A feed of new versions on loopback, over https, which counts who comes. */
export interface Feed {
  readonly url: string;
  /** The public half of the key that it signs with, as a brand names it. */
  readonly key: string;
  /** For Chromium's --ignore-certificate-errors-spki-list. */
  readonly spki: string;
  readonly connections: () => number;
  readonly close: () => void;
}

/** Opens a feed that lists one version of a product, by its application id; `folder` is for its certificate. */
export async function openFeed(folder: string, product: string, version: string): Promise<Feed> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const list = `version: ${version}\nfiles:\n  - url: new.AppImage\n    sha512: none\n    size: 1\npath: new.AppImage\nsha512: none\nreleaseDate: '2026-11-20T10:00:00.000Z'\nproduct: ${product}\nlist: latest-linux.yml\n`;
  const files = new Map([
    ['/latest-linux.yml', list],
    ['/latest-linux.yml.sig', sign(null, Buffer.from(list), privateKey).toString('base64')],
  ]);
  const authority = await ensureAuthority(join(folder, 'authority'));
  const leaf = await authority.issue({ hosts: ['127.0.0.1'] });
  let connections = 0;
  const server = createServer({ key: leaf.key, cert: leaf.cert }, (asked, response) => {
    const text = files.get(new URL(asked.url ?? '', 'https://x').pathname);
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `https://127.0.0.1:${address.port}/`,
    key: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    spki: leaf.spkiSha256Base64,
    connections: () => connections,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
