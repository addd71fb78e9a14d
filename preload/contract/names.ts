import { z } from 'zod';

const LONGEST_NAME = 255;
/** Names of devices, whatever their ending (Windows: Naming Files, Paths, and Namespaces). */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** The name of a file or folder that every system and server in use takes. */
export const FileName = z.string().refine(isNameEverywhere);

function isNameEverywhere(name: string): boolean {
  if (name === '' || !name.isWellFormed() || new TextEncoder().encode(name).length > LONGEST_NAME)
    return false;
  return !/[\\/:*?"<>|\p{Cc}]/u.test(name) && !/^\s|[\s.]$/.test(name) && !DEVICES.test(name);
}
