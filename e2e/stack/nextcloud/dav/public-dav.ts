import { createHash } from 'node:crypto';
import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import { basicPair } from '../login/basic-auth.ts';
import type { Standin } from '../standin.ts';
import { parsePath } from '../store/names.ts';
import type { Share } from '../store/shares.ts';
import { permission } from '../store/shares.ts';
import { ajaxRefusal, isAjax, notAuthenticated } from './dav-auth.ts';
import { methodNotAllowed } from './dav-error.ts';
import { DavRequest } from './dav-request.ts';
import { olderFeatures } from './multistatus.ts';
import { allowFolder } from './options.ts';

/** What is kept of a link's password. */
export function linkPasswordHash(password: string): string {
  return createHash('sha256').update(`link:${password}`).digest('hex');
}

/** A request to /public.php/webdav: the token is the user name, the link's password the password (13/02 to 13/10). */
export function publicRequest(standin: Standin, exchange: Exchange, path: string): DavRequest {
  const pair = basicPair(header(exchange, 'authorization') ?? '');
  const share = pair ? standin.shares.byToken(pair.name, standin.clock()) : undefined;
  const node = share ? standin.tree.byId(share.node) : undefined;
  if (!share || !node) throw notAuthenticated('Username or password was incorrect');
  if (!passwordFits(share, pair?.password ?? '')) {
    throw isAjax(exchange) ? ajaxRefusal() : notAuthenticated('Username or password was incorrect');
  }
  if (share.permissions === permission.create && exchange.method !== 'PUT') {
    throw methodNotAllowed('Only PUT is allowed on files drop', allowFolder);
  }
  return new DavRequest({
    exchange,
    standin,
    uid: share.owner,
    base: '/public.php/webdav',
    davBase: '',
    root: standin.view.linkRoot(node, share),
    path: parsePath(path),
    features: olderFeatures,
  });
}

function passwordFits(share: Share, password: string): boolean {
  return share.passwordHash === null || share.passwordHash === linkPasswordHash(password);
}
