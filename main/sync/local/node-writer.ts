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

/** Bytes that may wait for the disk while more of them arrive. */
const mostWaiting = 4 * 1024 * 1024;
/** Buffers that one call of the system takes. */
const mostBuffers = 512;
/** Bytes after which the disk is set to work on them for good, so that little is left to wait for in the end. */
const syncedEvery = 128 * 1024 * 1024;

/**
 * Writes behind: bytes are taken while earlier ones are still on their way to the disk. What fails there is told by the
 * next call.
 */
class NodeWriter implements FileWriter {
  readonly #handle: fs.FileHandle;
  #position: number;
  #written: number;
  #synced: number;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  /** Ends when nothing waits any more, or the disk failed; never rejects. */
  #writing: Promise<void> | undefined;
  #syncing: Promise<void> | undefined;
  #failure: { readonly reason: unknown } | undefined;
  #open = true;

  constructor(handle: fs.FileHandle, position: number) {
    this.#handle = handle;
    this.#position = position;
    this.#written = position;
    this.#synced = position;
  }

  get position(): number {
    return this.#position;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#throwFailure();
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    this.#position += chunk.length;
    this.#writing ??= this.#writeOn();
    if (this.#waitingBytes >= mostWaiting) await this.#settle();
  }

  async flush(): Promise<void> {
    await this.#settle();
    await onDisk('write', () => this.#handle.datasync());
  }

  async finish(modifiedMs: number): Promise<LocalFile> {
    await this.#settle();
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
    await this.#writing;
    await this.#syncing;
    await onDisk('write', () => this.#handle.close());
  }

  async #settle(): Promise<void> {
    await this.#writing;
    await this.#syncing;
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.reason;
  }

  async #writeOn(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        await this.#writeAll(this.#waiting.splice(0, mostBuffers));
        if (this.#written - this.#synced >= syncedEvery) this.#syncing ??= this.#sync(this.#written);
      }
    } catch (error) {
      this.#failure ??= { reason: error };
    } finally {
      this.#writing = undefined;
    }
  }

  /** A disk that is nearly full may take less than it was given. */
  async #writeAll(buffers: readonly Uint8Array[]): Promise<void> {
    for (let left = buffers; left.length > 0; ) {
      const { bytesWritten } = await onDisk('write', () => this.#handle.writev(left, this.#written));
      this.#written += bytesWritten;
      this.#waitingBytes -= bytesWritten;
      left = without(left, bytesWritten);
    }
  }

  async #sync(upTo: number): Promise<void> {
    try {
      await onDisk('write', () => this.#handle.datasync());
      this.#synced = upTo;
    } catch (error) {
      this.#failure ??= { reason: error };
    } finally {
      this.#syncing = undefined;
    }
  }
}

/** What is left of buffers after so many bytes. */
function without(buffers: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let passed = 0;
  return buffers.flatMap((buffer) => {
    const start = Math.min(buffer.length, Math.max(0, bytes - passed));
    passed += buffer.length;
    return start === buffer.length ? [] : [buffer.subarray(start)];
  });
}
