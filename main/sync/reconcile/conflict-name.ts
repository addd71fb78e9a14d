import type { NameKey } from '../model/paths.ts';
import { nameKey } from '../model/paths.ts';

/** A name of a person in it leaves room for that of the file. */
const longestLabel = 90;

/** Longest name in UTF-8 bytes that every server and disk in use takes, temporary names included. */
const longestName = 220;

/**
 * The name of a version set aside: `plan (copie en conflit 2026-11-22 101500).pdf`, with a number when that
 * is taken, and shortened at the end of the stem when it would be too long.
 *
 * @param label as people write it: what no disk takes is left out, and what is too long
 * @param at ms since 1970, written in this computer's time zone
 */
export function conflictName(
  name: NameKey,
  label: string,
  at: number,
  isTaken: (name: NameKey) => boolean,
): NameKey {
  const { stem, extension } = splitExtension(name);
  const words = cleanLabel(label);
  for (let number = 1; ; number += 1) {
    const mark = ` (${words} ${localStamp(at)}${number === 1 ? '' : ` ${number}`})`;
    const kept = shorten(stem, longestName - byteLength(mark) - byteLength(extension));
    const candidate = nameKey(`${kept}${mark}${extension}`);
    if (!isTaken(candidate)) return candidate;
  }
}

/** The name of a file brought in beside another: `plan (2).pdf`. */
export function numberedName(name: NameKey, isTaken: (name: NameKey) => boolean): NameKey {
  if (!isTaken(name)) return name;
  const { stem, extension } = splitExtension(name);
  for (let number = 2; ; number += 1) {
    const mark = ` (${number})`;
    const kept = shorten(stem, longestName - byteLength(mark) - byteLength(extension));
    const candidate = nameKey(`${kept}${mark}${extension}`);
    if (!isTaken(candidate)) return candidate;
  }
}

function splitExtension(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  const isExtension = dot > 0 && byteLength(name.slice(dot)) <= 32;
  return isExtension
    ? { stem: name.slice(0, dot), extension: name.slice(dot) }
    : { stem: name, extension: '' };
}

/**
 * Without what Windows refuses in names, control characters, and those that turn the direction of writing: they could
 * make one ending look like another.
 */
function cleanLabel(label: string): string {
  const plain = label
    .replaceAll(/[\\/:*?"<>|\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, ' ')
    .replaceAll(/\s+/g, ' ');
  return shorten(plain.trim(), longestLabel).trim();
}

function shorten(text: string, bytes: number): string {
  // oxlint-disable-next-line typescript/no-misused-spread -- cutting between code points keeps the text valid
  const characters = [...text];
  while (characters.length > 1 && byteLength(characters.join('')) > bytes) characters.pop();
  return characters.join('');
}

function localStamp(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
