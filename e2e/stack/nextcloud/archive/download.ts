import { Readable } from 'node:stream';
import { httpDate } from '../dav/properties.ts';
import { chooseRange } from '../dav/ranges.ts';
import { attachment, sendFile, sendStream } from '../dav/send-download.ts';
import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import { reply, start } from '../http/reply.ts';
import { credentialsOf } from '../login/basic-auth.ts';
import { problemPage } from '../login/pages.ts';
import type { Standin } from '../standin.ts';
import { downloadType } from '../store/mime.ts';
import type { FileNode } from '../store/nodes.ts';
import type { Place } from '../store/view.ts';
import { entriesOf } from './entries.ts';
import { namesFrom } from './folder-archive.ts';
import { zipOf } from './zip.ts';

/**
 * `/index.php/apps/files/ajax/download.php?dir=&files=` and a link's `/s/{token}/download`: a zip, or the plain
 * file when one file is asked for (05/38 to 05/46, 09/50).
 */
export async function handleArchiveDownload(standin: Standin, exchange: Exchange): Promise<void> {
  const token = /^\/index\.php\/s\/([^/]+)\/download$/.exec(exchange.path)?.[1];
  if (token !== undefined) return downloadLink(standin, exchange, token);
  const credentials = credentialsOf(standin.accounts, exchange);
  if (credentials.kind !== 'caller') {
    const location = `/index.php/login?redirect_url=${exchange.path}?${encodeURIComponent(exchange.query.toString())}`;
    return reply(exchange, 302, { Location: location, 'Content-Type': 'text/html; charset=UTF-8' });
  }
  const names = (exchange.query.get('dir') ?? '/').split('/').filter((name) => name !== '' && name !== '..');
  const folder = standin.view.find(standin.view.home(credentials.caller.account.uid), names);
  if ('nowhere' in folder) return replyMissing(exchange);
  const children = namesFrom(exchange.query.get('files') ?? '').map((name) =>
    standin.view.child(folder.place, name),
  );
  const found = children.filter((child) => child !== null);
  if (found.length === 0 || found.length !== children.length) return replyMissing(exchange);
  return send(standin, exchange, found, names.at(-1) ?? 'download');
}

async function downloadLink(standin: Standin, exchange: Exchange, token: string): Promise<void> {
  const share = standin.shares.byToken(token, standin.clock());
  const node = share ? standin.tree.byId(share.node) : undefined;
  if (!share || !node || share.passwordHash !== null) return replyMissing(exchange);
  const place = { ...standin.view.linkRoot(node, share), names: [node.name] };
  return send(standin, exchange, [place], node.name);
}

async function send(
  standin: Standin,
  exchange: Exchange,
  chosen: readonly Place[],
  folderName: string,
): Promise<void> {
  const [first] = chosen;
  if (!first) return replyMissing(exchange);
  if (chosen.length === 1 && first.node.kind === 'file') return sendSingle(standin, exchange, first.node);
  const name = chosen.length === 1 ? (first.names.at(-1) ?? folderName) : folderName;
  const entries = chosen.flatMap((place) => [...entriesOf(standin, place, place.names.at(-1) ?? name)]);
  start(exchange, 200, {
    'X-Accel-Buffering': 'no',
    'Last-Modified': httpDate(standin.tree.now()),
    'Accept-Ranges': 'bytes',
    'Content-Type': 'application/zip',
    'Content-Disposition': attachment(`${name}.zip`),
    'Content-Transfer-Encoding': 'binary',
  });
  return sendStream(exchange, Readable.from(zipOf(entries), { objectMode: false }));
}

/** One file as it is, in part if asked for (05/41, 05/42). */
async function sendSingle(standin: Standin, exchange: Exchange, node: FileNode): Promise<void> {
  const range = chooseRange(
    { range: header(exchange, 'range'), ifRange: undefined },
    { etag: '', mtime: node.mtime, size: node.size },
  );
  const [from, to] = range.kind === 'part' ? [range.from, range.to] : [0, node.size - 1];
  const partial = {
    'Accept-Ranges': 'bytes',
    'Content-Range': `bytes ${from}-${to}/${node.size}`,
  };
  const headers = {
    'Content-Disposition': attachment(node.name),
    'Content-Transfer-Encoding': 'binary',
    ...(range.kind === 'part' ? partial : {}),
    'Content-Length': String(to - from + 1),
    'Content-Type': downloadType(node.name),
    'X-Accel-Buffering': 'no',
  };
  await sendFile(exchange, range.kind === 'part' ? 206 : 200, headers, standin.tree.diskPath(node), from, to);
}

function replyMissing(exchange: Exchange): void {
  const html = problemPage({ fr: 'Fichier introuvable', en: 'File not found' });
  reply(exchange, 404, { 'Content-Type': 'text/html; charset=UTF-8' }, html);
}
