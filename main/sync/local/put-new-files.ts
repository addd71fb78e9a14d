import {
  closeSync,
  constants,
  fstatSync,
  fsync,
  futimesSync,
  openSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import type { LocalFile } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
import type { LocalPath } from '../model/paths.ts';
import type { NewFile, PutFile } from '../ports/file-system.ts';
import { entryOf } from './entry-of.ts';
import { flushFolder } from './flush-folder.ts';
import { errnoOf, translate } from './local-failures.ts';
import { folderOf, refuseOutside } from './outside.ts';
import { moveExclusive } from './renames.ts';

const { O_CREAT, O_EXCL, O_RDWR } = constants;
const noFollow = constants.O_NOFOLLOW ?? 0;
const flush = promisify(fsync);

/**
 * Puts small files at free names. What only fills the system's memory is done at once, since each trip through the
 * pool of threads costs more than it; the flushes go there together, and a disk does many of them in one go.
 */
export async function putNewFiles(files: readonly NewFile[]): Promise<readonly PutFile[]> {
  const put = await Promise.all(files.map(async (file) => ({ file, result: await putNewFile(file) })));
  const named = put.filter(({ result }) => result.kind === 'put').map(({ file }) => folderOf(file.at));
  const unsure = new Map<LocalPath, PutFile>();
  await Promise.all(
    [...new Set(named)].map(async (folder) => {
      try {
        await flushFolder(folder);
      } catch (error) {
        unsure.set(folder, failed(error));
      }
    }),
  );
  return put.map(({ file, result }) =>
    result.kind === 'put' ? (unsure.get(folderOf(file.at)) ?? result) : result,
  );
}

async function putNewFile(file: NewFile): Promise<PutFile> {
  try {
    const written = await writeWhole(file);
    refuseOutside(file.at);
    return { kind: 'put', written, renamed: moveExclusive(file.temporary, file.at) };
  } catch (error) {
    return dropTemporary(file.temporary) ?? failed(error);
  }
}

/** Written, dated, flushed. */
async function writeWhole({ temporary, content, modifiedMs }: NewFile): Promise<LocalFile> {
  refuseOutside(temporary);
  const handle = openSync(temporary, O_CREAT | O_EXCL | O_RDWR | noFollow, 0o666);
  try {
    for (let offset = 0; offset < content.length; ) {
      offset += writeSync(handle, content, offset, content.length - offset);
    }
    futimesSync(handle, modifiedMs / 1000, modifiedMs / 1000);
    await flush(handle);
    const entry = entryOf(fstatSync(handle, { bigint: true }));
    if (entry.kind !== 'file') throw new LocalFailure('other', { what: entry.kind });
    return entry;
  } finally {
    closeSync(handle);
  }
}

/** Clears away what was not put in place; gives why it can't be. */
function dropTemporary(temporary: LocalPath): PutFile | undefined {
  try {
    refuseOutside(temporary);
    unlinkSync(temporary);
    return undefined;
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? undefined : failed(error);
  }
}

function failed(error: unknown): PutFile {
  const failure = error instanceof LocalFailure ? error : translate(error, 'write');
  if (failure instanceof LocalFailure) return { kind: 'failed', failure };
  throw failure;
}
