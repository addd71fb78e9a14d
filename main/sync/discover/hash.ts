import { createHash } from 'node:crypto';
import { type Checksum, isSameLook, type LocalFile } from '../model/entries.ts';
import { LocalFailure, throwIfAborted } from '../model/failures.ts';
import type { LocalPath } from '../model/paths.ts';
import type { FileSystem } from '../ports/file-system.ts';

/**
 * Reads a file through. Gives its checksum, or nothing when it is not, or no longer, the file that was looked
 * at: then nothing can be said about it now.
 */
export async function hashFile(
  fileSystem: FileSystem,
  path: LocalPath,
  expected: LocalFile,
  signal: AbortSignal,
): Promise<Checksum | undefined> {
  if (!isSameLook(await fileSystem.look(path), expected)) return undefined;
  const hash = createHash('sha1');
  try {
    for await (const chunk of fileSystem.read(path, { start: 0, end: expected.size, fleeting: true })) {
      throwIfAborted(signal);
      hash.update(chunk);
    }
  } catch (error) {
    if (error instanceof LocalFailure && error.code === 'missing') return undefined;
    throw error;
  }
  return isSameLook(await fileSystem.look(path), expected) ? `SHA1:${hash.digest('hex')}` : undefined;
}
