import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the journal of a pair is. */
export function journalFile(folder: string, pairId: string): string {
  return join(folder, `${pairId}.sqlite`);
}

/** Removes the journal of a pair that is open nowhere, with what SQLite leaves beside it after a crash. */
export async function removeJournal(folder: string, pairId: string): Promise<void> {
  for (const end of ['', '-wal', '-shm']) await rm(journalFile(folder, pairId) + end, { force: true });
}
