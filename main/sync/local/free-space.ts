import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf } from './local-failures.ts';

/** A disk. */
export interface DiskSpace {
  /** Names it among the disks of this computer. */
  readonly disk: string;
  /** Bytes that a person may still write. */
  readonly free: number;
  /** Bytes in all. */
  readonly size: number;
}

/** The disk on which a path is, or will be once its folders are made; nothing when the system does not say. */
export async function diskSpace(path: string): Promise<DiskSpace | undefined> {
  for (let at = path; ; at = dirname(at)) {
    try {
      const [{ bavail, blocks, bsize }, { dev }] = await Promise.all([statfs(at), stat(at)]);
      return { disk: String(dev), free: bavail * bsize, size: blocks * bsize };
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT' || dirname(at) === at) return undefined;
    }
  }
}
