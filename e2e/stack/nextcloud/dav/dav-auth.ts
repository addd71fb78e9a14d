import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import type { Credentials } from '../login/basic-auth.ts';
import { credentialsOf } from '../login/basic-auth.ts';
import type { Standin } from '../standin.ts';
import type { Caller } from '../store/accounts.ts';
import { DavError } from './dav-error.ts';

const noBasic =
  "No 'Authorization: Basic' header found. Either the client didn't send one, or the server is misconfigured";
const noBearer =
  "No 'Authorization: Bearer' header found. Either the client didn't send one, or the server is mis-configured";
const wrong = 'Username or password was incorrect';

/** The signed-in caller, or the recorded 401 and 503 (01/13 to 01/17, 01/51). */
export function requireCaller(standin: Standin, exchange: Exchange): Caller {
  const credentials = credentialsOf(standin.accounts, exchange);
  if (credentials.kind === 'caller') return credentials.caller;
  if (credentials.kind === 'disabled') {
    throw new DavError(
      503,
      'Sabre\\DAV\\Exception\\ServiceUnavailable',
      'OC\\User\\LoginException: User disabled',
    );
  }
  if (isAjax(exchange)) throw ajaxRefusal();
  throw notAuthenticated(['No public access to this resource.', ...complaints[credentials.kind]].join(', '));
}

/** 401 with the challenge clients understand. */
export function notAuthenticated(message: string): DavError {
  return refusal(message, 'Basic realm="Nextcloud", charset="UTF-8"');
}

/** 401 that keeps a browser from asking for a password itself (01/14, 13/02). */
export function ajaxRefusal(): DavError {
  return refusal('Cannot authenticate over ajax calls', 'DummyBasic realm="Nextcloud"');
}

export function isAjax(exchange: Exchange): boolean {
  return header(exchange, 'x-requested-with') === 'XMLHttpRequest';
}

function refusal(message: string, challenge: string): DavError {
  const headers = { 'WWW-Authenticate': challenge };
  return new DavError(401, 'Sabre\\DAV\\Exception\\NotAuthenticated', message, { headers });
}

/** What each way of signing in has to complain about, in the order the server tries them. */
const complaints: Record<Exclude<Credentials['kind'], 'caller' | 'disabled'>, readonly string[]> = {
  none: [noBasic, noBearer, noBasic],
  bearer: [noBasic, 'Bearer token was incorrect', noBasic],
  wrong: [wrong, noBearer, wrong],
};
