/** The last part of a path: what a file or folder is called. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
