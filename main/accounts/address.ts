import { AppError } from '../contract/app-error.ts';
import { isSafeTransport } from '../http/http.ts';

/** What a person typed to sign in, taken apart. */
export interface TypedAddress {
  /** The name to sign in with. */
  readonly user: string;
  /** The domain that says where the servers are (`host` or `host:port`), null for a plain user name. */
  readonly domain: string | null;
}

/**
 * Reads a Matrix id (`@camille:metropole.example`), a professional address (`camille@metropole.example`) or a plain
 * user name (`camille.durand`). Null when it is none of these.
 */
export function readAddress(typed: string): TypedAddress | null {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return null;
  const matrix = /^@([^@:]+):(.+)$/.exec(text);
  const mail = /^([^@:]+)@(.+)$/.exec(text);
  const [, user, domain] = matrix ?? mail ?? [];
  if (user !== undefined && domain !== undefined)
    return isDomain(domain) ? { user, domain: domain.toLowerCase() } : null;
  return /^[^@:/?#]+$/.test(text) ? { user: text, domain: null } : null;
}

function isDomain(domain: string): boolean {
  return URL.parse(`https://${domain}`)?.host === domain.toLowerCase().replace(/:443$/, '');
}

/** An address that a server told, without the slash at its end. Throws when it is none that may be used. */
export function normalised(address: string, service: 'chat' | 'files'): string {
  const url = URL.parse(address);
  if (!url || url.username || url.password || url.search || url.hash)
    throw new AppError(`not-a-server.${service}`);
  if (!isSafeTransport(address)) throw new AppError('unsupported.insecure', { host: url.host });
  return url.href.replace(/\/+$/, '');
}
