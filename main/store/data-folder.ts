import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errnoOf } from './errno.ts';

/** Written into a brand's folder when its data lies in another beside it: the name of that one. */
const Elsewhere = z.object({
  folder: z
    .string()
    .regex(/^[^/\\\0]{1,100}$/)
    .refine((name) => name !== '.' && name !== '..'),
});

/**
 * A brand's data folder below the system's folder for programs (`parent`). It is named by the brand's id, for a product may
 * be renamed. Data of a version that named it by the product stays where it is, and is found again after a renaming.
 */
export function dataFolder(
  parent: string,
  { id, productName }: { readonly id: string; readonly productName: string },
): string {
  const own = join(parent, id);
  const elsewhere = readElsewhere(own);
  if (elsewhere !== null) return join(parent, elsewhere);
  const older = join(parent, productName);
  // Where names differ in capitals only, both are one folder on some systems: then it is the brand's own.
  if (isProfile(own) || !isProfile(older)) return own;
  noteElsewhere(own, productName);
  return older;
}

/** Each has had a stamp since there are stamps, and choices of the person before. */
function isProfile(folder: string): boolean {
  return ['profile.json', 'settings.json'].some((name) => existsSync(join(folder, name)));
}

function readElsewhere(own: string): string | null {
  try {
    return (
      Elsewhere.safeParse(JSON.parse(readFileSync(join(own, 'elsewhere.json'), 'utf8'))).data?.folder ?? null
    );
  } catch (error) {
    if (error instanceof SyntaxError || ['ENOENT', 'ENOTDIR', 'EACCES'].includes(errnoOf(error) ?? ''))
      return null;
    throw error;
  }
}

/** Where nothing can be written, the older folder is found by its name each time. */
function noteElsewhere(own: string, folder: string): void {
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 });
    writeFileSync(join(own, 'elsewhere.json'), JSON.stringify({ folder }), { mode: 0o600 });
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(errnoOf(error) ?? '')) throw error;
  }
}
