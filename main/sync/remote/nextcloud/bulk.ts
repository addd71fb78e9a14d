import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { RemoteFailure } from '../../model/failures.ts';
import type { RemotePath } from '../../model/paths.ts';
import type { BulkFile } from '../../ports/remote.ts';
import type { Addresses } from './addresses.ts';
import type { DavClient } from './client.ts';
import { plainBody } from './decoded.ts';
import { property, readJson } from './ocs.ts';

/**
 * Whether an account's capabilities offer bulk upload, and keep a version of a file that is written over: bulk takes
 * no condition, so that is what an overwritten file could be had back from.
 */
export function offersBulk(capabilities: unknown): boolean {
  const offered = property(property(capabilities, 'dav'), 'bulkupload');
  return typeof offered === 'string' && property(property(capabilities, 'files'), 'versioning') === true;
}

/**
 * Stores files with one POST (recorded: 07/42 to 07/61, 13/14). Each part has its length and MD5, or the server reads
 * no further (07/44 to 07/46); from Nextcloud 32 on it goes by OC-Checksum, which older ones pass over (07/53). The
 * answer says `text/html` and is JSON: what became of each path. Its etags are wrong once a time was set (13/14).
 *
 * @returns the paths that the server says it stored
 */
export async function postBulk(
  client: DavClient,
  addresses: Addresses,
  files: readonly BulkFile[],
  signal: AbortSignal,
): Promise<ReadonlySet<RemotePath>> {
  const boundary = `traboule-${randomUUID()}`;
  const names = new Map(files.map((file) => [addresses.inHome(file.path), file.path]));
  const pieces = [...files.flatMap((file) => part(file, boundary, addresses)), text(`--${boundary}--\r\n`)];
  const answer = await client.send({
    method: 'POST',
    path: addresses.bulk,
    headers: {
      'content-type': `multipart/related; boundary=${boundary}`,
      'content-length': String(pieces.reduce((sum, { length }) => sum + length, 0)),
    },
    body: inTurn(pieces),
    signal,
    isTransfer: true,
  });
  const told = answerSchema.safeParse(await readJson(plainBody(answer), 'malformed'));
  if (!told.success) throw new RemoteFailure('malformed', { what: 'bulk' });
  const stored = Object.entries(told.data).filter(([, { error }]) => !error);
  return new Set(stored.flatMap(([name]) => names.get(name) ?? []));
}

/** Without any part the map is a list (07/58): PHP knows no empty map. */
const answerSchema = z.union([
  z.record(z.string(), z.object({ error: z.boolean() })),
  z
    .array(z.unknown())
    .length(0)
    .transform(() => ({})),
]);

function part(
  { path, content, mtime, checksum }: BulkFile,
  boundary: string,
  addresses: Addresses,
): readonly Uint8Array[] {
  const head = [
    `--${boundary}`,
    `X-File-Path: ${addresses.inHome(path)}`,
    `X-OC-Mtime: ${mtime}`,
    `X-File-MD5: ${createHash('md5').update(content).digest('hex')}`,
    `OC-Checksum: ${checksum}`,
    `Content-Length: ${content.length}`,
  ];
  return [text(`${head.join('\r\n')}\r\n\r\n`), content, text('\r\n')];
}

function text(value: string): Uint8Array {
  return Buffer.from(value, 'utf8');
}

async function* inTurn(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
