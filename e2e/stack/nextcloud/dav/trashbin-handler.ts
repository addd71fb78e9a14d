import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import type { Caller } from '../store/accounts.ts';
import { contentTypeOf, downloadType, hasPreview } from '../store/mime.ts';
import type { StoredNode } from '../store/nodes.ts';
import { sortedChildren } from '../store/nodes.ts';
import type { TrashItem } from '../store/trash.ts';
import { davPathOf } from './conditions.ts';
import { badRequest, forbidden, notFound, notImplemented } from './dav-error.ts';
import { httpDate } from './properties.ts';
import { sendDownload } from './send-download.ts';
import type { SimpleResource } from './simple-resource.ts';
import { bareCollection, davProperty, ncProperty, ocProperty, propfindResources } from './simple-resource.ts';
import { emptyPage } from './write-headers.ts';
import { escapeXml } from './xml-write.ts';

/** Something in the trash: a deleted item, or a node below one. */
interface Trashed {
  readonly item: TrashItem;
  readonly node: StoredNode;
  /** Names below the item. */
  readonly below: readonly string[];
}

/** /remote.php/dav/trashbin/{uid}/... (08/01 to 08/13). */
export async function handleTrashbin(
  standin: Standin,
  exchange: Exchange,
  caller: Caller,
  path: readonly string[],
): Promise<void> {
  const { uid } = caller.account;
  const [collection, name, ...below] = path;
  if (collection === undefined) {
    const root = `/remote.php/dav/trashbin/${uid}/`;
    await propfindResources(exchange, bareCollection(root), () => [
      bareCollection(`${root}restore/`),
      bareCollection(`${root}trash/`),
    ]);
    return;
  }
  if (collection !== 'trash') throw notFound();
  if (name === undefined) {
    await handleWhole(standin, exchange, uid);
    return;
  }
  if (exchange.method === 'PUT') throw forbidden('Not allowed to create files in the trashbin');
  await handleTrashed(standin, exchange, uid, requireTrashed(standin, uid, name, below));
}

async function handleWhole(standin: Standin, exchange: Exchange, uid: string): Promise<void> {
  switch (exchange.method) {
    case 'PROPFIND':
      await propfindResources(exchange, bareCollection(`/remote.php/dav/trashbin/${uid}/trash/`), () =>
        standin.trash.list(uid).map((item) => resource(uid, { item, node: item.node, below: [] })),
      );
      return;
    case 'DELETE':
      for (const item of standin.trash.list(uid)) standin.trash.purge(item);
      reply(exchange, 204, emptyPage);
      return;
    default:
      throw notImplemented(exchange.method);
  }
}

async function handleTrashed(
  standin: Standin,
  exchange: Exchange,
  uid: string,
  trashed: Trashed,
): Promise<void> {
  switch (exchange.method) {
    case 'PROPFIND':
      await propfindResources(exchange, resource(uid, trashed), () => membersOf(uid, trashed));
      return;
    case 'GET':
    case 'HEAD':
      await download(standin, exchange, trashed);
      return;
    case 'MOVE':
      restore(standin, exchange, uid, trashed);
      return;
    case 'DELETE':
      if (trashed.below.length > 0) throw forbidden();
      standin.trash.purge(trashed.item);
      reply(exchange, 204, emptyPage);
      return;
    default:
      throw notImplemented(exchange.method);
  }
}

/** Restores by MOVE into `restore`; any name will do there, the old place counts (08/06 to 08/08). */
function restore(standin: Standin, exchange: Exchange, uid: string, trashed: Trashed): void {
  const destination = davPathOf(header(exchange, 'destination') ?? '');
  if (!destination.startsWith(`trashbin/${uid}/restore/`)) throw badRequest('Incompatible node types');
  if (trashed.below.length > 0) throw forbidden();
  standin.trash.restore(uid, trashed.item);
  standin.shares.invalidate();
  reply(exchange, 201, emptyPage);
}

async function download(standin: Standin, exchange: Exchange, { item, node }: Trashed): Promise<void> {
  if (node.kind === 'folder') throw notImplemented(exchange.method);
  await sendDownload(exchange, {
    diskPath: standin.tree.diskPath(node),
    fileName: node.name,
    size: node.size,
    mtime: item.deleted,
    etag: String(item.deleted),
    checksum: null,
    type: downloadType(item.node === node ? item.name : node.name),
  });
}

function requireTrashed(standin: Standin, uid: string, name: string, below: readonly string[]): Trashed {
  const item = standin.trash.find(uid, name);
  if (!item) throw notFound();
  let { node } = item;
  for (const each of below) {
    const next = node.kind === 'folder' ? node.children.get(each) : undefined;
    if (!next) throw notFound();
    node = next;
  }
  return { item, node, below };
}

function membersOf(uid: string, { item, node, below }: Trashed): SimpleResource[] {
  if (node.kind === 'file') return [];
  return sortedChildren(node).map((child) =>
    resource(uid, { item, node: child, below: [...below, child.name] }),
  );
}

function resource(uid: string, { item, node, below }: Trashed): SimpleResource {
  const isFolder = node.kind === 'folder';
  const name = below.at(-1) ?? item.name;
  const location = [item.location, ...below].join('/');
  const path = ['/remote.php/dav/trashbin', uid, 'trash', item.node.name, ...below].join('/');
  return {
    href: isFolder ? `${path}/` : path,
    properties: {
      [davProperty('getlastmodified')]: httpDate(item.deleted),
      [davProperty('getcontentlength')]: isFolder ? undefined : String(node.size),
      [davProperty('resourcetype')]: isFolder ? '<d:collection/>' : null,
      // Bare, without quotes (FACTS 0).
      [davProperty('getetag')]: String(item.deleted),
      [davProperty('getcontenttype')]: isFolder ? undefined : contentTypeOf(name),
      [ocProperty('id')]: String(node.id),
      [ocProperty('fileid')]: String(node.id),
      [ocProperty('permissions')]: 'GD',
      [ocProperty('size')]: String(node.size),
      [ncProperty('trashbin-filename')]: escapeXml(name),
      [ncProperty('trashbin-original-location')]: escapeXml(location),
      [ncProperty('trashbin-deletion-time')]: String(item.deleted),
      [ncProperty('trashbin-title')]: escapeXml(location),
      [ncProperty('has-preview')]: !isFolder && hasPreview(name) ? '1' : '',
    },
  };
}
