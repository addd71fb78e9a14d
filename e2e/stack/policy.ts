import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What an administrator of this machine decides for one brand. */
export interface MachinePolicy {
  readonly write: (values: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Whether policies can be tried here: only administrators write them. */
export const MAY_WRITE_POLICY = process.platform === 'linux' && process.getuid?.() === 0;

/** The policy of a brand, where the program reads it; the brand should be one of the test's own. */
export function machinePolicy(brandId: string): MachinePolicy {
  const folder = join('/etc', brandId);
  return {
    write: async (values) => {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'policy.json'), JSON.stringify(values));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
