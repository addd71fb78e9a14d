import { closeSync, existsSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ownName } from '../discover/own-names.ts';
import type { LocalPath } from '../model/paths.ts';
import { translate } from './local-failures.ts';

/** Whether `a` and `A` are one name in a folder: tried with a file of our own, which goes again. */
export async function probeCase(folder: LocalPath): Promise<boolean> {
  const name = ownName('case', String(process.pid));
  const path = join(folder, name);
  try {
    closeSync(openSync(path, 'w'));
    try {
      return existsSync(join(folder, name.toUpperCase()));
    } finally {
      unlinkSync(path);
    }
  } catch (error) {
    throw translate(error, 'write');
  }
}
