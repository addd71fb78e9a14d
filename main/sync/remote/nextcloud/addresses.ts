import type { RemoteConfig } from '../../api.ts';
import { RemoteFailure } from '../../model/failures.ts';
import type { RemotePath } from '../../model/paths.ts';

/** Addresses of one account's files and of its uploads in parts. */
export interface Addresses {
  readonly origin: string;
  /** Text that tells this server and account from all others. */
  readonly owner: string;
  /** The same with the folder. */
  readonly account: string;
  /** Absolute path on the server of a path of the pair. */
  file(path: RemotePath): string;
  /** The same as a whole address, for the Destination header. */
  destination(path: RemotePath): string;
  /** A path of the pair below the account's own folder, not encoded: `/Salons/Plan local/été.txt`. */
  inHome(path: RemotePath): string;
  /** Where many files are sent at once. */
  readonly bulk: string;
  /** Path of the server's address, with a slash at its end. */
  readonly base: string;
  /** The upload folder of an id, or something in it. */
  upload(id: string, name?: string): string;
  /** Absolute paths of the root's folders, outermost first, without that of the account. */
  rootChain(): readonly string[];
  /** The names below the pair's root that an href stands for; fails with `malformed` outside it. */
  names(href: string): readonly string[];
  /** The last name of an href in an upload folder. */
  lastName(href: string): string;
}

/** Works out the addresses of a pair. Nextcloud's DAV base as in facts/nextcloud.md: `/remote.php/dav/files/{uid}`. */
export function addressesOf({ kind, url, user, rootPath }: RemoteConfig): Addresses {
  const server = new URL(url.endsWith('/') ? url : `${url}/`);
  const base = segmentsOf(server.pathname);
  const root = rootPath.split('/').filter((name) => name !== '');
  const home = kind === 'webdav' ? base : [...base, 'remote.php', 'dav', 'files', user];
  const whole = [...home, ...root];
  const file = (path: RemotePath): string => encode([...whole, ...path.split('/')]);
  const owner = `${server.origin}${encode(base)} ${user}`;
  return {
    origin: server.origin,
    owner,
    account: `${owner} /${root.join('/')}`,
    file,
    destination: (path) => `${server.origin}${file(path)}`,
    inHome: (path) => `/${[...root, path].join('/')}`,
    bulk: encode([...base, 'remote.php', 'dav', 'bulk']),
    base: base.length === 0 ? '/' : `${encode(base)}/`,
    upload: (id, name) => encode([...base, 'remote.php', 'dav', 'uploads', user, id, name ?? '']),
    rootChain: () => root.map((_, index) => encode([...home, ...root.slice(0, index + 1)])),
    names: (href) => belowOf(decode(href, server.origin), whole, href),
    lastName: (href) => decode(href, server.origin).at(-1) ?? '',
  };
}

function belowOf(segments: readonly string[], folder: readonly string[], href: string): readonly string[] {
  const isBelow = folder.every((name, index) => name.normalize('NFC') === segments[index]?.normalize('NFC'));
  if (!isBelow) throw new RemoteFailure('malformed', { href: href.slice(0, 200) });
  return segments.slice(folder.length);
}

/** Decoded names of an href, which is a path or a whole address. */
function decode(href: string, origin: string): string[] {
  const path = href.startsWith('/') ? href : stripOrigin(href, origin);
  try {
    return segmentsOf(path.split(/[?#]/, 1)[0] ?? '');
  } catch (error) {
    throw new RemoteFailure('malformed', { href: href.slice(0, 200) }, error);
  }
}

function stripOrigin(href: string, origin: string): string {
  const match = /^[a-z][a-z0-9+.-]*:\/\/[^/]*(\/.*)?$/i.exec(href);
  if (match === null) throw new RemoteFailure('malformed', { href: href.slice(0, 200), origin });
  return match[1] ?? '/';
}

function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeURIComponent);
}

function encode(names: readonly string[]): string {
  return `/${names
    .filter((name) => name !== '')
    .map(encodeURIComponent)
    .join('/')}`;
}
