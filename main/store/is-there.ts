import { stat } from 'node:fs/promises';
import { errnoOf } from './errno.ts';

/** Whether a path leads to something; a link to nothing does not. Throws what else goes wrong with looking. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
