import { createHash } from 'node:crypto';
import { type Checksum, isSameLook, type LocalFile } from '../model/entries.ts';
import { throwIfAborted } from '../model/failures.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import type { RunContext } from './context.ts';
import { localPathOf } from './paths.ts';

/** A request's worth: what the server holds and works through while we wait, and what is held in memory here. */
const mostFiles = 100;
const mostBytes = 4 * 1024 * 1024;

/** A small file as it was read, whole. */
export interface ReadFile {
  readonly item: ItemOf<'upload'>;
  readonly local: LocalFile;
  readonly content: Uint8Array;
  readonly checksum: Checksum;
}

/** Reads files one after the other and gives them by the request. What can't be read is left out. */
export async function* batchesOf(
  items: readonly ItemOf<'upload'>[],
  read: (item: ItemOf<'upload'>) => Promise<ReadFile | undefined>,
): AsyncGenerator<readonly ReadFile[]> {
  let batch: ReadFile[] = [];
  let bytes = 0;
  for (const item of items) {
    const file = await read(item);
    if (file === undefined) continue;
    if (batch.length === mostFiles || (batch.length > 0 && bytes + file.content.length > mostBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.content.length;
  }
  if (batch.length > 0) yield batch;
}

/** Reads a file whole; gives nothing when it is no longer as it was seen, or was written to meanwhile. */
export async function readForBulk(
  item: ItemOf<'upload'>,
  context: RunContext,
): Promise<ReadFile | undefined> {
  const { fileSystem, signal } = context;
  const local = item.node.localLook ?? item.local;
  const at = localPathOf(item.node, context);
  if (!isSameLook(await fileSystem.look(at), local)) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of fileSystem.read(at, { start: 0, end: local.size })) {
    throwIfAborted(signal);
    chunks.push(chunk);
  }
  const content = Buffer.concat(chunks);
  if (content.length !== local.size || !isSameLook(await fileSystem.look(at), local)) return undefined;
  return { item, local, content, checksum: `SHA1:${createHash('sha1').update(content).digest('hex')}` };
}
