import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const EVERY_MS = 500;

/**
 * Runs a task and tells, now and then, how many bytes the files under a folder have: how far a download is
 * whose tool does not say so.
 */
export async function watchGrowth<T>(
  folder: string,
  tell: (bytes: number) => void,
  task: () => Promise<T>,
  everyMs: number = EVERY_MS,
): Promise<T> {
  const look = async () => tell(await bytesUnder(folder));
  const timer = setInterval(() => void look(), everyMs);
  try {
    return await task();
  } finally {
    clearInterval(timer);
  }
}

/** The size of all files under a folder. What comes and goes meanwhile counts or not. */
export async function bytesUnder(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(goneMeanwhile);
  const sizes = (names ?? []).map(
    async (name) => (await stat(join(folder, name)).catch(goneMeanwhile))?.size,
  );
  return (await Promise.all(sizes)).reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

function goneMeanwhile(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
