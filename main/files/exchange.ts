import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { ownName } from '../sync/discover/own-names.ts';
import { moveExclusive } from '../sync/local/renames.ts';
import { localPath } from '../sync/model/paths.ts';

/**
 * Two files or folders take each other's names. Synchronous, like the renames that it is made of: for some microseconds
 * nothing stands under one of the names. Where one can't have its new name, both keep theirs. A crash in between leaves
 * one under a name that the engine gives back to people. Throws LocalFailure and what the disk says.
 */
export function exchange(one: string, other: string, move = moveExclusive): void {
  const [first, second] = [localPath(one), localPath(other)];
  const between = localPath(join(dirname(one), ownName('old', randomUUID())));
  move(first, between);
  try {
    move(second, first);
  } catch (error) {
    move(between, first);
    throw error;
  }
  try {
    move(between, second);
  } catch (error) {
    move(first, second);
    move(between, first);
    throw error;
  }
}
