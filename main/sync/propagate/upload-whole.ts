import { createHash } from 'node:crypto';
import { isSameLook } from '../model/entries.ts';
import { RemoteFailure, throwIfAborted } from '../model/failures.ts';
import type { Stored } from '../ports/remote.ts';
import type { RunContext } from './context.ts';
import { mtimeOf, type UploadSource } from './upload-source.ts';

/**
 * Sends a file with one request.
 *
 * @param onSent told how many bytes have been handed over; what it throws stops the request unfinished
 */
export function uploadWhole(
  source: UploadSource,
  context: RunContext,
  onSent: (bytes: number) => void = () => undefined,
): Promise<Stored> {
  const { to, local, checksum, condition } = source;
  return context.remote.upload({
    path: to,
    size: local.size,
    mtime: mtimeOf(local),
    checksum,
    condition,
    body: checkedBody(source, context, onSent),
    signal: context.signal,
  });
}

/**
 * The bytes of a file, of which the last piece is held back until all of them are known to be the content that
 * was announced: a file that is being written never arrives half old and half new.
 */
async function* checkedBody(
  source: UploadSource,
  context: RunContext,
  onSent: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha1');
  let held: Uint8Array | undefined;
  let sent = 0;
  for await (const chunk of context.fileSystem.read(source.at, { start: 0, end: source.local.size })) {
    throwIfAborted(context.signal);
    onSent(sent);
    if (held !== undefined) {
      yield held;
      sent += held.length;
      context.reporter.moved(source.path, held.length);
    }
    hash.update(chunk);
    held = chunk;
  }
  const isAsAnnounced = `SHA1:${hash.digest('hex')}` === source.checksum;
  if (!isAsAnnounced || !isSameLook(await context.fileSystem.look(source.at), source.local)) {
    throw new RemoteFailure('contentChanged');
  }
  if (held === undefined) return;
  yield held;
  context.reporter.moved(source.path, held.length);
}
