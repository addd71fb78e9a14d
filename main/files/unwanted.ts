/** Whether a path is, or is in, a folder that is not wanted on this PC; `''` among them is all of it. */
export function isUnwanted(path: string, unwanted: readonly string[]): boolean {
  return unwanted.some((folder) => folder === '' || path === folder || path.startsWith(`${folder}/`));
}

/** The folders directly in `parent` that are not wanted on this PC. */
export function unwantedIn(parent: string, unwanted: readonly string[]): string[] {
  return unwanted.filter(
    (folder) => folder !== '' && folder.slice(0, Math.max(0, folder.lastIndexOf('/'))) === parent,
  );
}
