import { folderArchive } from '../archive/folder-archive.ts';
import type { Exchange } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import { downloadType } from '../store/mime.ts';
import type { DavRequest } from './dav-request.ts';
import { shownEtag } from './properties.ts';
import { sendDownload } from './send-download.ts';

/** What a browser gets to see of a folder (05/33). */
const folderNotice =
  'This is the WebDAV interface. It can only be accessed by WebDAV clients such as the Nextcloud desktop sync client.';

/** GET and HEAD of a file or folder in somebody's files. */
export async function get(standin: Standin, request: DavRequest): Promise<void> {
  const { exchange } = request;
  const place = request.requirePlace();
  const { node } = place;
  if (node.kind === 'folder') {
    if (standin.switches.folderArchive && (await folderArchive(standin, exchange, place))) return;
    sendNotice(exchange);
    return;
  }
  await sendDownload(exchange, {
    diskPath: standin.tree.diskPath(node),
    fileName: node.name,
    size: node.size,
    mtime: node.mtime,
    etag: `"${shownEtag({ standin, place, listed: false, staleEtags: exchange.staleEtags })}"`,
    checksum: node.checksum,
    type: downloadType(node.name),
  });
}

/** The page for those who point a browser at WebDAV (05/33 to 05/37). */
export function sendNotice(exchange: Exchange): void {
  reply(exchange, 200, { 'Content-Type': 'text/html; charset=UTF-8' }, folderNotice);
}
