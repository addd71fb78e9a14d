/** The errno name of a file-system or network error (`ENOENT`), null when it is none. */
export function errnoOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
