import { constants, type promises as fs } from 'node:fs';
import { open } from 'node:fs/promises';
import type { LocalFile } from '../model/entries.ts';
import type { LocalPath } from '../model/paths.ts';
import type { FileWriter } from '../ports/file-system.ts';
import { entryOf } from './entry-of.ts';
import { onDisk } from './local-failures.ts';

const { O_CREAT, O_RDWR } = constants;
const noFollow = constants.O_NOFOLLOW ?? 0;

/** Opens a file of the disk for writing after its first `keep` bytes. */
export async function openWriter(path: LocalPath, keep: number): Promise<FileWriter> {
  const handle = await onDisk('write', () => open(path, O_CREAT | O_RDWR | noFollow, 0o666));
  try {
    await onDisk('write', () => handle.truncate(keep));
  } catch (error) {
    await handle.close();
    throw error;
  }
  return new NodeWriter(handle, keep);
}

class NodeWriter implements FileWriter {
  readonly #handle: fs.FileHandle;
  #position: number;
  #open = true;

  constructor(handle: fs.FileHandle, position: number) {
    this.#handle = handle;
    this.#position = position;
  }

  get position(): number {
    return this.#position;
  }

  async write(chunk: Uint8Array): Promise<void> {
    let offset = 0;
    while (offset < chunk.length) {
      const { bytesWritten } = await onDisk('write', () =>
        this.#handle.write(chunk, offset, chunk.length - offset, this.#position),
      );
      offset += bytesWritten;
      this.#position += bytesWritten;
    }
  }

  async flush(): Promise<void> {
    await onDisk('write', () => this.#handle.datasync());
  }

  async finish(modifiedMs: number): Promise<LocalFile> {
    const entry = await onDisk('write', async () => {
      await this.#handle.utimes(modifiedMs / 1000, modifiedMs / 1000);
      await this.#handle.sync();
      return entryOf(await this.#handle.stat({ bigint: true }));
    });
    await this.close();
    if (entry.kind !== 'file') throw new Error('a written file is a file');
    return entry;
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await onDisk('write', () => this.#handle.close());
  }
}
