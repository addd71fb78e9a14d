import { JournalTooNew } from '../journal/migrate.ts';
import { JournalInUse } from '../journal/open.ts';
import type { RunOutcome } from './run-once.ts';

/** What it means for the pair that its journal could not be opened. */
export function journalFailure(error: unknown): RunOutcome {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof JournalInUse) return { kind: 'failed', code: 'journalInUse', detail };
  if (error instanceof JournalTooNew) return { kind: 'failed', code: 'journalTooNew', detail };
  return { kind: 'failed', code: 'internal', detail };
}
