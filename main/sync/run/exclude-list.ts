import { excludeFile } from '../discover/ignore.ts';
import type { Journal } from '../journal/journal.ts';
import { LocalFailure } from '../model/failures.ts';
import type { LocalPath } from '../model/paths.ts';
import type { FileSystem } from '../ports/file-system.ts';

const mostBytes = 64 * 1024;
/** Each is tried on each name of the folder. */
const mostPatterns = 1000;

/** The patterns of a folder's own list, and whether the list could be used as it is now. */
export interface ExcludeList {
  readonly patterns: readonly string[];
  readonly isRead: boolean;
}

/**
 * Reads the list in the pair's root. One that can't be read, or is too large to be one, changes nothing: the patterns
 * that were read last hold, so that nothing is shared all of a sudden.
 */
export async function readExcludeList(
  root: LocalPath,
  fileSystem: Pick<FileSystem, 'join' | 'look' | 'read'>,
  journal: Journal,
): Promise<ExcludeList> {
  const text = await readText(fileSystem.join(root, excludeFile), fileSystem);
  const patterns = text === undefined ? undefined : patternsOf(text);
  const before = journal.meta('excluded') ?? '';
  if (patterns === undefined || patterns.length > mostPatterns) {
    return { patterns: patternsOf(before), isRead: false };
  }
  const now = patterns.join('\n');
  if (now !== before) journal.transaction(() => journal.setMeta('excluded', now));
  return { patterns, isRead: true };
}

/** The patterns of a list: a line each, but for empty lines and those that begin with `#`. */
export function patternsOf(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Its text, empty when it is not there; nothing when it can't be read. */
async function readText(
  path: LocalPath,
  fileSystem: Pick<FileSystem, 'look' | 'read'>,
): Promise<string | undefined> {
  try {
    const found = await fileSystem.look(path);
    if (found === undefined) return '';
    if (found.kind !== 'file' || found.size > mostBytes) return undefined;
    const chunks: Uint8Array[] = [];
    for await (const chunk of fileSystem.read(path, { start: 0, end: found.size })) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    if (error instanceof LocalFailure) return undefined;
    throw error;
  }
}
