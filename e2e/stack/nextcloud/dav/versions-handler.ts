import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import type { Caller } from '../store/accounts.ts';
import { contentTypeOf, downloadType } from '../store/mime.ts';
import type { FileNode } from '../store/nodes.ts';
import { isWithin, rootOf } from '../store/nodes.ts';
import type { Version } from '../store/versions.ts';
import { davPathOf } from './conditions.ts';
import { forbidden, notFound, notImplemented } from './dav-error.ts';
import { httpDate } from './properties.ts';
import { sendDownload } from './send-download.ts';
import type { SimpleResource } from './simple-resource.ts';
import { bareCollection, davProperty, propfindResources } from './simple-resource.ts';
import { emptyPage } from './write-headers.ts';

/** /remote.php/dav/versions/{uid}/versions/{fileid}/{time} (08/14 to 08/20). */
export async function handleVersions(
  standin: Standin,
  exchange: Exchange,
  caller: Caller,
  [collection, fileId, time]: readonly string[],
): Promise<void> {
  const { uid } = caller.account;
  if (collection !== 'versions') throw notFound();
  const file = readableFile(standin, uid, Number(fileId));
  if (!file) throw notFound();
  const folder = `/remote.php/dav/versions/${uid}/versions/${file.id}/`;
  const versions = standin.versions.list(file.id);
  if (time === undefined) {
    if (exchange.method !== 'PROPFIND') throw notImplemented(exchange.method);
    await propfindResources(exchange, bareCollection(folder), () =>
      versions.map((version) => resource(folder, file, version)),
    );
    return;
  }
  const version = versions.find((each) => String(each.time) === time);
  if (!version) throw notFound();
  const self = resource(folder, file, version);
  if (exchange.method === 'MOVE') restore(standin, exchange, uid, file, version);
  else await handleVersion(exchange, file, version, self);
}

async function handleVersion(
  exchange: Exchange,
  file: FileNode,
  version: Version,
  self: SimpleResource,
): Promise<void> {
  switch (exchange.method) {
    case 'PROPFIND':
      await propfindResources(exchange, self, () => []);
      return;
    case 'GET':
    case 'HEAD':
      await sendDownload(exchange, {
        diskPath: version.diskPath,
        fileName: file.name,
        size: version.size,
        mtime: version.time,
        etag: String(version.time),
        checksum: null,
        type: downloadType(file.name),
      });
      return;
    case 'COPY':
    case 'DELETE':
      throw forbidden();
    default:
      throw notImplemented(exchange.method);
  }
}

/** Restores by MOVE to `restore/target`: the present content becomes a version in turn (08/18). */
function restore(standin: Standin, exchange: Exchange, uid: string, file: FileNode, version: Version): void {
  const destination = davPathOf(header(exchange, 'destination') ?? '');
  if (!/^versions\/[^/]+\/restore\//.test(destination) || !file.parent) throw forbidden();
  const tempPath = standin.tempPath();
  standin.versions.copyOut(version, tempPath);
  standin.versions.drop(file.id, version);
  standin.operations.writeFile(file.parent, file.name, {
    tempPath,
    size: version.size,
    mtime: version.time,
    checksum: null,
    by: uid,
  });
  reply(exchange, 201, emptyPage);
}

/** The file, when it is one's own or lies in something shared with one. */
function readableFile(standin: Standin, uid: string, fileId: number): FileNode | null {
  const node = standin.tree.byId(fileId);
  if (!node || node.kind === 'folder') return null;
  if (rootOf(node).owner === uid) return node;
  const isShared = [...standin.shares.mountsOf(uid).values()].some((mount) => isWithin(node, mount.node));
  return isShared ? node : null;
}

function resource(folder: string, file: FileNode, version: Version): SimpleResource {
  return {
    href: `${folder}${version.time}`,
    properties: {
      [davProperty('getcontentlength')]: String(version.size),
      [davProperty('getcontenttype')]: contentTypeOf(file.name),
      [davProperty('getlastmodified')]: httpDate(version.time),
      [davProperty('resourcetype')]: null,
      [davProperty('getetag')]: String(version.time),
    },
  };
}
