import { header } from '../http/exchange.ts';
import type { OcsData } from './ocs-reply.ts';
import { OcsError } from './ocs-reply.ts';
import type { OcsRequest } from './ocs-request.ts';

/** GET core/getapppassword: trades the login password for an app password (01/22, 01/23). */
export function createAppPassword({ standin, exchange, caller }: OcsRequest): OcsData {
  if (caller.appPassword !== null) {
    throw new OcsError(403, 'You cannot request an new apppassword with an apppassword');
  }
  const name = header(exchange, 'user-agent') ?? 'unknown';
  return { apppassword: standin.accounts.createAppPassword(caller.account.uid, name) };
}

/** DELETE core/apppassword: ends the app password it was asked with (01/24, 01/27). */
export function revokeAppPassword({ standin, caller }: OcsRequest): OcsData {
  if (caller.appPassword === null) throw new OcsError(403, 'no app password in use');
  standin.accounts.revokeAppPassword(caller.appPassword);
  return [];
}
