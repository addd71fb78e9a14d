import { header } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import { parsePath } from '../store/names.ts';
import type { FolderNode } from '../store/nodes.ts';
import { isWithin } from '../store/nodes.ts';
import { permission } from '../store/shares.ts';
import type { Place } from '../store/view.ts';
import { judge, judgeIf } from './conditions.ts';
import { badRequest, conflict, forbidden, preconditionFailed } from './dav-error.ts';
import type { DavRequest } from './dav-request.ts';
import { removePlace } from './delete.ts';
import { emptyPage, may, nodeHeaders } from './write-headers.ts';

const endpoint = '/remote.php/dav/';

/** Where a MOVE or COPY goes, given as the path after the endpoint: `files/alice/x`. */
export function destinationOf(request: DavRequest): string {
  const destination = header(request.exchange, 'destination');
  if (destination === undefined) throw badRequest('The destination header was not supplied');
  const path = destination.replace(/^[a-z]+:\/\/[^/]*/i, '');
  if (path.startsWith(endpoint)) return path.slice(endpoint.length);
  const legacy = '/remote.php/webdav/';
  if (path.startsWith(legacy)) return `files/${request.uid}/${path.slice(legacy.length)}`;
  throw forbidden(`Requested uri (${path}) is out of base uri (${endpoint})`);
}

/** Overwrite: T when left out (06/25); anything but T and F is refused (06/31). */
export function mayOverwrite(request: DavRequest): boolean {
  const overwrite = (header(request.exchange, 'overwrite') ?? 'T').toUpperCase();
  if (overwrite !== 'T' && overwrite !== 'F')
    throw badRequest('The HTTP Overwrite header should be either T or F');
  return overwrite === 'T';
}

/** The quoted etag at `files/<own uid>/...`, for the If header. */
export function etagAt(standin: Standin, request: DavRequest) {
  return (davPath: string): string | null => {
    const [area, , ...names] = davPath.split('/');
    if (area !== 'files') return null;
    const place = request.at({ asked: names, names }).place();
    return place ? `"${standin.view.etag(place)}"` : null;
  };
}

/** Finds the request for the destination, or refuses one in another account's home (06/46). */
export function destinationRequest(request: DavRequest, davPath: string): DavRequest {
  const [area, uid, ...rest] = davPath.split('/');
  const path = parsePath(rest.join('/'));
  if (area === 'files' && uid === request.uid) return request.at(path);
  throw forbidden(`Permission denied to create file (filename ${path.names.at(-1) ?? ''})`);
}

/** MOVE and COPY within one's files (06/21 to 06/56). */
export function moveOrCopy(standin: Standin, request: DavRequest): void {
  checkConditions(standin, request);
  const isMove = request.exchange.method === 'MOVE';
  const destination = destinationOf(request);
  const overwrite = mayOverwrite(request);
  const source = request.requirePlace();
  const target = destinationRequest(request, destination);
  if (target.davPath === request.davPath) throw forbidden('Source and destination uri are identical.');
  if (target.davPath.startsWith(`${request.davPath}/`)) {
    throw conflict('The destination may not be part of the same subtree as the source path.');
  }
  const parent = requireParent(target);
  const replaced = target.place();
  if (replaced && !overwrite) {
    throw preconditionFailed(
      'Overwrite',
      'The destination node already exists, and the overwrite header is set to false',
    );
  }
  if (!replaced) target.checkName();
  const node = isMove
    ? move(standin, source, parent, target, replaced)
    : copy(standin, source, parent, target, replaced);
  const headers = isMove
    ? nodeHeaders(standin, node)
    : { 'OC-FileId': nodeHeaders(standin, node)['OC-FileId'] ?? '' };
  reply(request.exchange, replaced ? 204 : 201, { ...headers, ...emptyPage });
}

function checkConditions(standin: Standin, request: DavRequest): void {
  const place = request.place();
  const isFile = place?.node.kind === 'file';
  const etag = place && isFile ? `"${standin.view.etag(place)}"` : null;
  judge(request.exchange, place ? { etag, mtime: place.node.mtime, showEtag: isFile } : null);
  judgeIf(request.exchange, request.davPath, etagAt(standin, request));
}

function requireParent(target: DavRequest): Place & { readonly node: FolderNode } {
  const lookup = target.parentLookup();
  if ('nowhere' in lookup || lookup.place.node.kind === 'file')
    throw conflict('The destination node is not found');
  return { ...lookup.place, node: lookup.place.node };
}

function move(
  standin: Standin,
  source: Place,
  parent: Place & { readonly node: FolderNode },
  target: DavRequest,
  replaced: Place | null,
) {
  const { view, shares, operations } = standin;
  const mountTarget = `/${target.path.names.join('/')}`;
  if (source.isMountPoint && source.mount) {
    if (replaced) removePlace(standin, replaced);
    shares.moveMount(source.uid, source.mount, mountTarget);
    return source.node;
  }
  const staysInFolder = source.node.parent === parent.node;
  if (!staysInFolder && !may(view, parent, permission.create)) throw forbidden();
  if (!may(view, source, permission.delete)) {
    throw staysInFolder
      ? forbidden()
      : forbidden(`files/${source.uid}/${source.names.join('/')} cannot be deleted`);
  }
  if (staysInFolder && !may(view, source, permission.update)) throw forbidden();
  if (replaced) removePlace(standin, replaced);
  operations.move(source.node, parent.node, target.name);
  if (!source.mount) shares.moveMountsBelow(source.uid, `/${source.names.join('/')}`, mountTarget);
  return source.node;
}

function copy(
  standin: Standin,
  source: Place,
  parent: Place & { readonly node: FolderNode },
  target: DavRequest,
  replaced: Place | null,
) {
  if (!may(standin.view, parent, permission.create)) throw forbidden();
  if (isWithin(parent.node, source.node)) {
    throw conflict('The destination may not be part of the same subtree as the source path.');
  }
  if (replaced) removePlace(standin, replaced);
  return standin.operations.copy(source.node, parent.node, target.name);
}
