import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import { errnoOf } from '../store/errno.ts';

/**
 * Makes the place of all folders and makes sure that it can be written to. Throws `read-only.folder` or
 * `disk-full.folder` when it can't.
 */
export async function preparePlace(place: string): Promise<string> {
  const probe = join(place, `.~traboule-${randomUUID()}`);
  try {
    await mkdir(place, { recursive: true });
    await writeFile(probe, 'x');
    await rm(probe);
    return place;
  } catch (error) {
    const isFull = ['ENOSPC', 'EDQUOT'].includes(errnoOf(error) ?? '');
    throw new AppError(
      isFull ? 'disk-full.folder' : 'read-only.folder',
      { errno: errnoOf(error) ?? '' },
      error,
    );
  }
}
