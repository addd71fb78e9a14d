import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * What may be in a program's archive, and nothing else: what was built, one brand, and the one library that is loaded at
 * run time. A source, a map, a test or a licence key that slips in stops the packaging.
 */
const ALLOWED: readonly RegExp[] = [
  /^package\.json$/,
  /^out\/main\/[\w.-]+\.js$/,
  /^out\/preload\/(app|call)\.cjs$/,
  /^out\/renderer\/(index|calls\/window\/index)\.html$/,
  /^out\/renderer\/assets\/(workers\/)?[\w.-]+\.(js|css|woff2|wasm|wav|svg|png)$/,
  /^out\/renderer\/workers\/[\w.-]+\.js$/,
  /^out\/brand\/(brand\.json|(logo|ornament)\.svg|icon\.png|tray\/\d+(@[\d.]+x)?\.png)$/,
  /^out\/dictionaries\/[\w.-]+\.(aff|dic|bdic|txt)$/,
  /^node_modules\/undici\/(package\.json|index(-fetch)?\.js|lib\/[\w./-]+\.js|([\w./-]+\/)?LICENSE(\.md)?)$/,
  // The registry's reader, on Windows.
  /^node_modules\/native-reg\/(package\.json|lib\/[\w./-]+\.js|prebuilds\/win32-x64\/[\w.-]+\.node)$/,
  /^node_modules\/node-gyp-build\/(package\.json|LICENSE|(index|node-gyp-build)\.js)$/,
];

/** Whether a file, by its path with slashes from the program's folder, may be in its archive. */
export function mayBePacked(path: string): boolean {
  return ALLOWED.some((allowed) => allowed.test(path));
}

/** The files that must not be in a program's archive, of all that are below a folder. */
export async function unwantedIn(folder: string, alsoAllowed: readonly RegExp[] = []): Promise<string[]> {
  const files = await filesBelow(folder);
  return files.filter((path) => !mayBePacked(path) && !alsoAllowed.some((allowed) => allowed.test(path)));
}

/** Paths of all files below a folder, with slashes, in order. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
}
