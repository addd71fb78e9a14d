import { header } from '../http/exchange.ts';
import type { Standin } from '../standin.ts';
import { tooLongForUpload } from '../store/names.ts';
import type { FileNode, FolderNode } from '../store/nodes.ts';
import { namesOf, rootOf } from '../store/nodes.ts';
import { permission } from '../store/shares.ts';
import { freeName } from '../store/trash.ts';
import type { Place } from '../store/view.ts';
import { conflict, DavError, forbidden, locked, notFound } from './dav-error.ts';
import type { DavRequest } from './dav-request.ts';
import { may } from './write-headers.ts';

/** Where an upload goes: into `parent` under `name`, over `existing` if there is one. */
export interface WriteTarget {
  readonly parent: FolderNode;
  readonly parentPlace: Place;
  readonly name: string;
  readonly existing: FileNode | null;
}

/** Finds where an upload goes, or refuses it in the recorded words (03/29 to 03/62). */
export function findTarget(standin: Standin, request: DavRequest): WriteTarget {
  const place = request.place();
  if (place?.node.kind === 'folder') throw conflict('PUT is not allowed on non-files.');
  const lookup = request.parentLookup();
  if ('nowhere' in lookup) throw request.missing(lookup.nowhere);
  const parentPlace = lookup.place;
  if (parentPlace.node.kind === 'file') {
    throw notFound(`Node with name '${parentPlace.node.name}' could not be found`);
  }
  if (place) return existingTarget(standin, place, parentPlace);
  if (!may(standin.view, parentPlace, permission.create)) throw forbidden();
  request.checkName();
  const { name } = request;
  if (name.endsWith('.part')) throw locked(request.path.names.join('/'));
  if (tooLongForUpload(name)) {
    const length = header(request.exchange, 'content-length') ?? '0';
    throw new DavError(
      500,
      'Sabre\\DAV\\Exception',
      `Error while copying file to target location (copied: -1 bytes, expected filesize: ${length} byte)`,
    );
  }
  return { parent: parentPlace.node, parentPlace, name, existing: null };
}

function existingTarget(standin: Standin, place: Place, parentPlace: Place): WriteTarget {
  const { node } = place;
  if (node.kind === 'folder' || !node.parent) throw conflict('PUT is not allowed on non-files.');
  const isDrop = place.mount !== null && place.mount.permissions === permission.create;
  if (isDrop) {
    // A file drop never overwrites: the second file of a name lies beside the first (13/10).
    return { parent: node.parent, parentPlace, name: freeName(node.parent, node.name, '2'), existing: null };
  }
  if (!may(standin.view, place, permission.update)) throw forbidden();
  // A shared single file lies in its owner's folder, under the owner's name for it.
  return { parent: node.parent, parentPlace: place, name: node.name, existing: node };
}

/** Runs `work` while nobody else may write there: a second writer gets 423 (14/01). */
export async function whileLocked<Result>(
  standin: Standin,
  target: WriteTarget,
  work: () => Promise<Result>,
): Promise<Result> {
  const { owner } = rootOf(target.parent);
  const path = [owner, 'files', ...namesOf(target.parent), target.name].join('/');
  if (standin.writing.has(path)) throw locked(`${path}.upload.part`);
  standin.writing.add(path);
  try {
    return await work();
  } finally {
    standin.writing.delete(path);
  }
}
