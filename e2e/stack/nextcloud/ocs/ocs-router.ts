import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import { credentialsOf } from '../login/basic-auth.ts';
import type { Standin } from '../standin.ts';
import { replyActivity } from './activity.ts';
import { createAppPassword, revokeAppPassword } from './app-passwords.ts';
import { replyCapabilities } from './capabilities.ts';
import { OcsError, replyCsrf, replyOcs, replyOcsError, replyWrongPassword } from './ocs-reply.ts';
import type { OcsHandler } from './ocs-request.ts';
import { ocsRequest } from './ocs-request.ts';
import { autocomplete, searchSharees } from './sharees.ts';
import { createShare, deleteShare, getShare, listShares, updateShare } from './shares-api.ts';
import { acceptTransfer, declineTransfer, listNotifications, requestTransfer } from './transfer.ts';
import { currentUser, listUsers, userByUid } from './users.ts';

type Route = readonly [method: string, path: RegExp, handler: OcsHandler];

const sharing = '/apps/files_sharing/api/v1';
const activityPath = '/apps/activity/api/v2/activity/filter';
const transfers = '/apps/files/api/v1/transferownership';

const routes: readonly Route[] = [
  ['GET', exactly('/cloud/user'), currentUser],
  ['GET', exactly('/cloud/users'), listUsers],
  ['GET', exactly('/cloud/users/([^/]+)'), userByUid],
  ['GET', exactly('/core/getapppassword'), createAppPassword],
  ['DELETE', exactly('/core/apppassword'), revokeAppPassword],
  ['GET', exactly('/core/autocomplete/get'), autocomplete],
  ['GET', exactly(`${sharing}/shares`), listShares],
  ['POST', exactly(`${sharing}/shares`), createShare],
  ['GET', exactly(`${sharing}/shares/(\\d+)`), getShare],
  ['PUT', exactly(`${sharing}/shares/(\\d+)`), updateShare],
  ['DELETE', exactly(`${sharing}/shares/(\\d+)`), deleteShare],
  ['GET', exactly(`${sharing}/sharees`), searchSharees],
  ['POST', exactly(transfers), requestTransfer],
  ['POST', exactly(`${transfers}/(\\d+)`), acceptTransfer],
  ['DELETE', exactly(`${transfers}/(\\d+)`), declineTransfer],
  ['GET', exactly('/apps/notifications/api/v2/notifications'), listNotifications],
  ['GET', exactly('/apps/files/api/v1/directEditing'), () => ({ editors: [], creators: [] })],
];

const unknownRoute =
  'Invalid query, please check the syntax. API specifications are here: http://www.freedesktop.org/wiki/Specifications/open-collaboration-services.\n';

/** Answers a request below /ocs/v1.php or /ocs/v2.php. */
export async function handleOcs(standin: Standin, exchange: Exchange): Promise<void> {
  try {
    await route(standin, exchange);
  } catch (error) {
    if (!(error instanceof OcsError)) throw error;
    replyOcsError(exchange, error);
  }
}

async function route(standin: Standin, exchange: Exchange): Promise<void> {
  if (standin.switches.maintenance) throw new OcsError(503, 'Service unavailable');
  const credentials = credentialsOf(standin.accounts, exchange);
  if (credentials.kind === 'wrong' || credentials.kind === 'disabled') {
    replyWrongPassword(exchange);
    return;
  }
  const caller = credentials.kind === 'caller' ? credentials.caller : null;
  const path = exchange.path.replace(/^\/ocs\/v[12]\.php/, '');
  if (path === '/cloud/capabilities') {
    replyCapabilities(standin, exchange, caller);
    return;
  }
  if (path === activityPath && standin.switches.activityApp && caller) {
    replyActivity(standin, exchange, caller);
    return;
  }
  const found = findRoute(exchange.method, path);
  if (!found) throw new OcsError(404, unknownRoute);
  if (!caller) throw new OcsError(401, 'Current user is not logged in', 997);
  if (header(exchange, 'ocs-apirequest') === undefined) {
    replyCsrf(exchange);
    return;
  }
  const request = await ocsRequest(standin, exchange, caller, found.params);
  replyOcs(exchange, found.handler(request));
}

function findRoute(method: string, path: string): { handler: OcsHandler; params: string[] } | null {
  for (const [routeMethod, pattern, handler] of routes) {
    const match = routeMethod === method ? pattern.exec(path) : null;
    if (match) return { handler, params: match.slice(1) };
  }
  return null;
}

function exactly(path: string): RegExp {
  return new RegExp(`^${path}/?$`);
}
