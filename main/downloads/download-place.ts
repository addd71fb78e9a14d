import type { PolicyValues } from '../policy/schema/table.ts';
import { fromHome } from '../policy/suggested-place.ts';

/** The folder that downloads go to: what was decided or chosen, else the system's own. */
export function downloadFolder(
  { downloadsFolder }: Pick<PolicyValues, 'downloadsFolder'>,
  home: string,
  systems: string,
): string {
  return downloadsFolder === null ? systems : fromHome(downloadsFolder, home);
}

/** Windows hears of devices also before spaces, and by small figures (Win32, "Naming Files, Paths, and Namespaces"). */
const DEVICES = /^(?:con(?:in\$|out\$)?|prn|aux|nul|(?:com|lpt)[\d¹²³]) *(?:\.|$)/i;
/** Bytes; file systems take 255, and a number may have to be added. */
const LONGEST = 200;

/** A name that every system takes, made of what a server or a page proposes; `fallback` where nothing of it is left. */
export function nameToKeep(proposed: string, fallback: string): string {
  const name = proposed
    .toWellFormed()
    .replaceAll(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '_')
    .replaceAll(/^[\s.]+|[\s.]+$/g, '');
  if (name === '') return fallback;
  return shortened(DEVICES.test(name) ? `_${name}` : name);
}

/** The ending stays: it says what opens the file. */
function shortened(name: string): string {
  if (bytesOf(name) <= LONGEST) return name;
  const ending = /\.[^.\s]{1,20}$/.exec(name)?.[0] ?? '';
  const letters = Array.from(name.slice(0, name.length - ending.length).slice(0, LONGEST));
  while (bytesOf(letters.join('') + ending) > LONGEST) letters.pop();
  return (
    letters
      .join('')
      .toWellFormed()
      .replace(/[\s.]+$/, '') + ending
  );
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
