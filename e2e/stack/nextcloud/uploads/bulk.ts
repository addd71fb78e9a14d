import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { badRequest, notFound } from '../dav/dav-error.ts';
import { quotaAvailable } from '../dav/properties.ts';
import { may, parseTime } from '../dav/write-headers.ts';
import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import { phpJson, reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import type { Caller } from '../store/accounts.ts';
import { nameProblem } from '../store/names.ts';
import { permission } from '../store/shares.ts';
import type { Part } from './multipart.ts';
import { BrokenMultipart, readParts } from './multipart.ts';

type Outcome =
  | { readonly error: false; readonly etag: string }
  | { readonly error: true; readonly message: string };

/**
 * POST /remote.php/dav/bulk: many small files in one body (07/42 to 07/61). A failed file does not stop the others;
 * a broken body does, with 400 and what was done before. It never looks at If-Match and overwrites.
 */
export async function handleBulk(standin: Standin, exchange: Exchange, caller: Caller): Promise<void> {
  if (exchange.method !== 'POST') throw notFound("File not found: bulk in 'root'");
  const boundary = boundaryOf(header(exchange, 'content-type') ?? '');
  const outcomes: Record<string, Outcome> = {};
  let status = 200;
  try {
    for await (const part of readParts(exchange.body, boundary)) {
      checkMd5(part);
      const path = part.headers.get('x-file-path') ?? '';
      outcomes[path] = store(standin, caller.account.uid, path, part);
    }
  } catch (error) {
    if (!(error instanceof BrokenMultipart)) throw error;
    status = 400;
    exchange.request.resume();
  }
  const isEmpty = Object.keys(outcomes).length === 0;
  reply(exchange, status, { 'Content-Type': 'text/html; charset=UTF-8' }, isEmpty ? '[]' : phpJson(outcomes));
}

function boundaryOf(contentType: string): string {
  const [type, ...parameters] = contentType.split(';').map((each) => each.trim());
  if (type?.toLowerCase() !== 'multipart/related') throw badRequest('Content-Type must be multipart/related');
  const boundary = parameters
    .find((each) => each.toLowerCase().startsWith('boundary='))
    ?.slice('boundary='.length);
  if (boundary === undefined || boundary === '') throw badRequest('Boundary is invalid');
  return boundary.replace(/^"(.*)"$/, '$1');
}

function checkMd5({ headers, content }: Part): void {
  const md5 = createHash('md5').update(content).digest('hex');
  if (headers.get('x-file-md5')?.toLowerCase() !== md5) throw new BrokenMultipart('the MD5 does not fit');
}

const refused = (message: string): Outcome => ({ error: true, message });

function store(standin: Standin, uid: string, path: string, { headers, content }: Part): Outcome {
  if (path === '') return refused('Could not create as provided path is empty');
  const mtime = parseTime(headers.get('x-file-mtime') ?? headers.get('x-oc-mtime'));
  if (mtime.kind === 'bad') return refused(mtime.message);
  const names = path
    .normalize('NFC')
    .split('/')
    .filter((name) => name !== '' && name !== '.' && name !== '..');
  const name = names.pop() ?? '';
  const problem = nameProblem(name, standin.switches.forbiddenCharacters);
  if (problem === 'forbidden') return refused(`Invalid path: files/${[...names, name].join('/')}`);
  const parent = standin.view.find(standin.view.home(uid), names);
  if (problem !== null || 'nowhere' in parent || parent.place.node.kind === 'file')
    return refused('Could not create path');
  const existing = standin.view.child(parent.place, name);
  const allowed = existing
    ? may(standin.view, existing, permission.update)
    : may(standin.view, parent.place, permission.create);
  const free = quotaAvailable(standin, standin.view.owner(parent.place));
  const fits = free < 0 || content.length <= free;
  if (!allowed || !fits || existing?.node.kind === 'folder') return refused('Could not create path');
  const folder = existing?.node.parent ?? parent.place.node;
  return write(standin, folder, {
    name: existing?.node.name ?? name,
    content,
    mtime: mtime.kind === 'seconds' ? mtime.seconds : null,
    by: uid,
  });
}

interface BulkFile {
  readonly name: string;
  readonly content: Buffer;
  readonly mtime: number | null;
  readonly by: string;
}

function write(
  standin: Standin,
  folder: Parameters<Standin['operations']['writeFile']>[0],
  { name, content, mtime, by }: BulkFile,
): Outcome {
  const tempPath = standin.tempPath();
  writeFileSync(tempPath, content);
  try {
    const incoming = { tempPath, size: content.length, mtime: null, checksum: null, by };
    const file = standin.operations.writeFile(folder, name, incoming);
    // The etag goes out as it was before the mtime was set: it is wrong from then on (13/14).
    const { etag } = file;
    if (mtime !== null) standin.operations.touch(file, mtime);
    return { error: false, etag };
  } finally {
    rmSync(tempPath, { force: true });
  }
}
