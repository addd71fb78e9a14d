/** The DAV endpoints: which collection a path belongs to, and how failures are put. */
import type { Exchange } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import type { Caller } from '../store/accounts.ts';
import { encodeHref, parsePath } from '../store/names.ts';
import { handleBulk } from '../uploads/bulk.ts';
import { handleUploads } from '../uploads/uploads-handler.ts';
import { requireCaller } from './dav-auth.ts';
import { DavError, maintenance, methodNotAllowed, notFound, notImplemented } from './dav-error.ts';
import { DavRequest } from './dav-request.ts';
import { handleFiles } from './files-handler.ts';
import { sendNotice } from './get.ts';
import { davFeatures } from './multistatus.ts';
import { allowFolder } from './options.ts';
import { replyMultistatus } from './propfind.ts';
import { publicRequest } from './public-dav.ts';
import { handleTrashbin } from './trashbin-handler.ts';
import { handleVersions } from './versions-handler.ts';
import { multistatusEnd, multistatusStart } from './xml-write.ts';

/** Answers a request below /remote.php/ or /public.php/, failures included. */
export async function handleDav(standin: Standin, exchange: Exchange): Promise<void> {
  try {
    await route(standin, exchange);
  } catch (error) {
    if (!(error instanceof DavError)) throw error;
    replyDavError(exchange, error);
  }
}

/** Sends a failure as sabre/dav words it. */
export function replyDavError(exchange: Exchange, error: DavError): void {
  if (exchange.response.headersSent) {
    exchange.response.destroy();
    return;
  }
  exchange.request.resume();
  const listing = exchange.method === 'PROPFIND' && (error.status === 404 || error.status === 405);
  reply(
    exchange,
    error.status,
    {
      'Content-Type': 'application/xml; charset=utf-8',
      ...(listing ? { Vary: 'Brief,Prefer', DAV: davFeatures } : {}),
      ...error.details.headers,
    },
    error.toXml(),
  );
}

async function route(standin: Standin, exchange: Exchange): Promise<void> {
  if (standin.switches.maintenance) throw maintenance();
  const [, script, service, ...rest] = exchange.path.split(/\/+/);
  if (script === 'public.php') {
    await handleFiles(standin, publicRequest(standin, exchange, rest.join('/')));
    return;
  }
  if (service === 'webdav') {
    const caller = requireCaller(standin, exchange);
    await handleFiles(standin, legacyRequest(standin, exchange, caller, rest.join('/')));
    return;
  }
  if (service !== 'dav') {
    throw new DavError(
      503,
      'Sabre\\DAV\\Exception\\ServiceUnavailable',
      'RemoteException: App not installed: ',
    );
  }
  await routeCollection(standin, exchange, requireCaller(standin, exchange), rest);
}

async function routeCollection(
  standin: Standin,
  exchange: Exchange,
  caller: Caller,
  segments: readonly string[],
): Promise<void> {
  const [collection, uid, ...rest] = parsePath(segments.join('/')).names;
  switch (collection) {
    case 'files':
      return uid === undefined ? filesRoot(exchange) : filesOf(standin, exchange, caller, segments);
    case 'uploads':
      return handleUploads(standin, exchange, caller, uid, rest);
    case 'trashbin':
      return handleTrashbin(standin, exchange, caller, rest);
    case 'versions':
      return handleVersions(standin, exchange, caller, rest);
    case 'bulk':
      return handleBulk(standin, exchange, caller);
    case undefined:
      return davRoot(exchange);
    default:
      throw notFound(`File not found: ${collection} in 'root'`);
  }
}

async function filesOf(
  standin: Standin,
  exchange: Exchange,
  caller: Caller,
  segments: readonly string[],
): Promise<void> {
  const { asked, names } = parsePath(segments.join('/'));
  const uid = names[1] ?? '';
  if (uid !== caller.account.uid) {
    foreignHome(exchange, uid, names.slice(2));
    return;
  }
  const request = new DavRequest({
    exchange,
    standin,
    uid,
    base: `/remote.php/dav/files/${uid}`,
    davBase: `files/${uid}`,
    root: standin.view.home(uid),
    path: { asked: asked.slice(2), names: names.slice(2) },
  });
  await handleFiles(standin, request);
}

function legacyRequest(standin: Standin, exchange: Exchange, caller: Caller, path: string): DavRequest {
  const { uid } = caller.account;
  return new DavRequest({
    exchange,
    standin,
    uid,
    base: '/remote.php/webdav',
    davBase: `files/${uid}`,
    root: standin.view.home(uid),
    path: parsePath(path),
  });
}

/** Somebody else's home looks like an empty folder (01/18); nothing can be done in it. */
function foreignHome(exchange: Exchange, uid: string, names: readonly string[]): void {
  if (names.length > 0) throw notFound(`File not found: ${names[0]} in '${uid}'`);
  if (exchange.method !== 'PROPFIND') throw notImplemented(exchange.method);
  replyMultistatus(exchange, bareCollections([`/remote.php/dav/files/${uid}/`]));
}

function filesRoot(exchange: Exchange): void {
  if (exchange.method === 'PROPFIND') {
    throw methodNotAllowed('Listing members of this collection is disabled', allowFolder);
  }
  sendNotice(exchange);
}

function davRoot(exchange: Exchange): void {
  if (exchange.method !== 'PROPFIND') {
    sendNotice(exchange);
    return;
  }
  const names = ['', 'files/', 'uploads/', 'trashbin/', 'versions/'];
  replyMultistatus(exchange, bareCollections(names.map((name) => `/remote.php/dav/${name}`)));
}

/** Collections of which only that they are collections is told. */
export function bareCollections(hrefs: readonly string[]): string {
  const responses = hrefs.map(
    (href) =>
      `<d:response><d:href>${encodeHref(href)}</d:href><d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`,
  );
  return `${multistatusStart}${responses.join('')}${multistatusEnd}`;
}
