import type { Session } from 'electron';

/**
 * Removes everything that the pages of a session keep: on disk, and what they were signed in with in memory, lines that are
 * still open among it: a server may take whoever comes by them for the one who signed in (RFC 4559, Negotiate).
 */
export async function wipeSession(
  pages: Pick<Session, 'clearStorageData' | 'clearCache' | 'clearAuthCache' | 'closeAllConnections'>,
): Promise<void> {
  await pages.clearStorageData();
  await pages.clearCache();
  await pages.clearAuthCache();
  await pages.closeAllConnections();
}
