/** Names for salons' folders that Windows, macOS, Linux and every server can hold. */

const FORBIDDEN = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
const MAX_CHARS = 80;

/** A folder name made of a salon's name. Never empty; `fallback` names a salon of which nothing is left. */
export function folderName(salonName: string, fallback: string): string {
  const plain = salonName.normalize('NFC').replaceAll(FORBIDDEN, ' ').replaceAll(/\s+/g, ' ');
  const short = Array.from(plain.trim()).slice(0, MAX_CHARS).join('');
  const name = short.replaceAll(/^[\s.~]+|[\s.]+$/g, '');
  if (name === '') return fallback;
  return RESERVED.test(name) ? `${name} -` : name;
}

/** The name itself, or with the first free number: `Quais (2)`. Names that differ in case only are the same. */
export async function freeName(
  name: string,
  isTaken: (candidate: string) => Promise<boolean> | boolean,
): Promise<string> {
  if (!(await isTaken(name))) return name;
  for (let number = 2; number < 1000; number += 1) {
    const candidate = `${name} (${number})`;
    if (!(await isTaken(candidate))) return candidate;
  }
  throw new Error(`no free name for a folder after ${name} (999)`);
}
