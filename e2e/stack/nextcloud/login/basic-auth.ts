import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import type { Accounts, Caller } from '../store/accounts.ts';

/** What the Authorization header of a request amounts to. */
export type Credentials =
  | { readonly kind: 'caller'; readonly caller: Caller }
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'disabled' };

/** Reads `Authorization: Basic`. Bearer tokens are never right here, as on the recorded server (01/17). */
export function credentialsOf(accounts: Accounts, exchange: Exchange): Credentials {
  const authorization = header(exchange, 'authorization');
  if (authorization === undefined) return { kind: 'none' };
  if (/^bearer /i.test(authorization)) return { kind: 'bearer' };
  const pair = basicPair(authorization);
  if (!pair) return { kind: 'none' };
  const result = accounts.signIn(pair.name, pair.password);
  return 'caller' in result ? { kind: 'caller', caller: result.caller } : { kind: result.refused };
}

/** User name and password of a Basic header, or null. */
export function basicPair(authorization: string): { name: string; password: string } | null {
  const match = /^basic\s+([a-z0-9+/=_-]+)$/i.exec(authorization);
  if (!match?.[1]) return null;
  const text = Buffer.from(match[1], 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { name: text.slice(0, colon), password: text.slice(colon + 1) };
}
