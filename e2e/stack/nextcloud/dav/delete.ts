import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import { permission } from '../store/shares.ts';
import type { Place } from '../store/view.ts';
import { judge } from './conditions.ts';
import { forbidden } from './dav-error.ts';
import type { DavRequest } from './dav-request.ts';
import { emptyPage, may } from './write-headers.ts';

/** DELETE into the trash; whatever Depth says, all below goes too (06/13 to 06/20). */
export function deleteNode(standin: Standin, request: DavRequest): void {
  const place = request.place();
  checkConditions(standin, request, place);
  const found = place ?? request.requirePlace();
  if (found.names.length === 0) throw forbidden('Permission denied to delete home folder');
  removePlace(standin, found);
  reply(request.exchange, 204, emptyPage);
}

/** Removes what is at a place: a mount point only leaves the receiver's view (09/73). */
export function removePlace(standin: Standin, place: Place): void {
  if (place.isMountPoint && place.mount) {
    standin.shares.decline(place.uid, place.mount);
    return;
  }
  if (!may(standin.view, place, permission.delete)) throw forbidden();
  standin.operations.remove(place.node);
  standin.shares.invalidate();
}

function checkConditions(standin: Standin, request: DavRequest, place: Place | null): void {
  if (!place) {
    judge(request.exchange, null);
    return;
  }
  const isFile = place.node.kind === 'file';
  // A folder has no etag of its own for conditions: any If-Match fails (13/17).
  judge(request.exchange, {
    etag: isFile ? `"${standin.view.etag(place)}"` : null,
    mtime: place.node.mtime,
    showEtag: isFile,
  });
}
