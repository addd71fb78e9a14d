import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const draw = promisify(randomBytes);

/**
 * Resolves when the pool of threads had one free: what it asks for is made by the pool and touches no disk. While drives
 * that hang hold all of them, it never does.
 */
export async function threadPoolAnswers(): Promise<void> {
  await draw(1);
}
