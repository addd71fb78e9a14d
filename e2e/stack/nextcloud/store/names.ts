/**
 * Names and paths as the recorded server treats them: what it refuses (03/35 to 03/62), how it reads a path
 * that is not UTF-8 (03/61), and how it spells one in an href (02/48).
 */

/** A path from a request: `asked` keeps the requested spelling, `names` are the stored (NFC) names. */
export interface RequestedPath {
  readonly asked: readonly string[];
  readonly names: readonly string[];
}

/** Percent-decodes; bytes that are not UTF-8 are read as ISO-8859-1, as the server does. */
export function percentDecode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
}

/** Splits a still encoded path: doubled slashes vanish, `.` and `..` are resolved and never climb out. */
export function parsePath(encoded: string): RequestedPath {
  const asked: string[] = [];
  for (const part of percentDecode(encoded).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') asked.pop();
    else asked.push(part);
  }
  return { asked, names: asked.map((part) => part.normalize('NFC')) };
}

const bare = /^[A-Za-z0-9\-._~()/:@]*$/;
const bareBytes = new Set(
  Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~()/:@'),
);

/** An href as sabre/dav writes it: lower-case escapes, `- . _ ~ ( ) / : @` left bare. */
export function encodeHref(path: string): string {
  if (bare.test(path)) return path;
  let href = '';
  for (const byte of Buffer.from(path, 'utf8')) {
    href += bareBytes.has(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`;
  }
  return href;
}

/** Why a name is refused. */
export type NameProblem = 'forbidden' | 'invalid-character' | 'too-long';

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const invalidCharacter = /[\\\u0000-\u001f]/;
const longestName = 250;

/** The reason the server refuses to store this name, or null. Limits are bytes, not characters. */
export function nameProblem(name: string, moreForbidden: readonly string[] = []): NameProblem | null {
  if (name.toLowerCase() === '.htaccess') return 'forbidden';
  if (invalidCharacter.test(name) || moreForbidden.some((character) => name.includes(character))) {
    return 'invalid-character';
  }
  return Buffer.byteLength(name) > longestName ? 'too-long' : null;
}

/** PUT writes to a temporary name first, which the file system refuses from 236 bytes on (02/42, 16/05). */
export function tooLongForUpload(name: string): boolean {
  return Buffer.byteLength(name) > 230;
}
