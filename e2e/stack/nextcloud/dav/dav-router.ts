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
import { davFeatures, olderFeatures, sendMultistatus } from './multistatus.ts';
import { allowFolder } from './options.ts';
import { propstat } from './propfind.ts';
import { publicRequest } from './public-dav.ts';
import { search } from './search.ts';
import { handleTrashbin } from './trashbin-handler.ts';
import { handleVersions } from './versions-handler.ts';

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
  // A listing that fails for what it found, or did not find, still tells what the endpoint can do (02/21, 11/51), but not to visitors of a link (13/08).
  const isListing = exchange.method === 'PROPFIND' && (error.status === 404 || error.status === 405);
  const listing = isListing && !exchange.path.startsWith('/public.php');
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
      { version: true },
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
      return exchange.method === 'SEARCH' ? search(standin, exchange, caller.account.uid) : davRoot(exchange);
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
    return foreignHome(exchange, uid, names.slice(2));
  }
  const request = new DavRequest({
    exchange,
    standin,
    uid,
    base: `/remote.php/dav/files/${uid}`,
    davBase: `files/${uid}`,
    root: standin.view.home(uid),
    path: { asked: asked.slice(2), names: names.slice(2) },
    features: davFeatures,
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
    features: olderFeatures,
  });
}

/** Somebody else's home looks like an empty folder (01/18); nothing can be done in it. */
async function foreignHome(exchange: Exchange, uid: string, names: readonly string[]): Promise<void> {
  if (names.length > 0) throw notFound(`File not found: ${names[0]} in '${uid}'`);
  if (exchange.method !== 'PROPFIND') throw notImplemented(exchange.method);
  return sendBareCollections(exchange, [`/remote.php/dav/files/${uid}/`]);
}

/** What lies at the top of the dav endpoint; most of it is not played here (11/52). */
const topCollections = [
  'principals',
  'files',
  'calendars',
  'system-calendars',
  'public-calendars',
  'addressbooks',
  'systemtags',
  'systemtags-relations',
  'comments',
  'uploads',
  'avatars',
  'provisioning',
  'trashbin',
  'versions',
];

function filesRoot(exchange: Exchange): void {
  if (exchange.method === 'PROPFIND') {
    throw methodNotAllowed('Listing members of this collection is disabled', allowFolder);
  }
  sendNotice(exchange);
}

async function davRoot(exchange: Exchange): Promise<void> {
  if (exchange.method !== 'PROPFIND') {
    sendNotice(exchange);
    return;
  }
  const names = ['', ...topCollections.map((name) => `${name}/`)];
  return sendBareCollections(
    exchange,
    names.map((name) => `/remote.php/dav/${name}`),
  );
}

/** Collections of which only that they are collections is told. */
function sendBareCollections(exchange: Exchange, hrefs: readonly string[]): Promise<void> {
  const found = propstat('<d:resourcetype><d:collection/></d:resourcetype>', '200 OK');
  return sendMultistatus(
    exchange,
    hrefs,
    (href) => `<d:response><d:href>${encodeHref(href)}</d:href>${found}</d:response>`,
  );
}
