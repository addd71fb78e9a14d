import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What goes into the program of a folder of dictionaries: they, and under which licences. */
const PACKED = /\.bdic$|-licence\.txt$/;

/** A step of the build that copies the dictionaries for spelling. */
export function withDictionaries(
  from: string,
  to: string,
): { readonly name: string; readonly buildStart: () => Promise<void> } {
  return {
    name: 'with-dictionaries',
    buildStart: async () => {
      await mkdir(to, { recursive: true });
      const names = await readdir(from);
      await Promise.all(
        names.filter((name) => PACKED.test(name)).map((name) => cp(join(from, name), join(to, name))),
      );
    },
  };
}
