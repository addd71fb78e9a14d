import type { Problem, ProblemCode } from '../api.ts';
import type { Journal } from './journal.ts';
import { integer, text } from './node-rows.ts';

/** A problem with what the engine needs to know when to try again. */
export interface KeptProblem {
  readonly problem: Problem;
  /** What the two sides looked like: when they look different, it is tried again at once. */
  readonly signature: string;
  readonly tries: number;
}

const firstWait = 25_000;
const longestWait = 24 * 3600_000;

/** How long an entry waits after so many failures: 25 s, times 5 each, up to a day. */
export function backOff(tries: number): number {
  return Math.min(firstWait * 5 ** Math.max(0, tries - 1), longestWait);
}

export function keptProblem(journal: Journal, path: string): KeptProblem | undefined {
  const row = journal.get('SELECT * FROM problem WHERE path = ?', path);
  return row === undefined ? undefined : fromRow(row);
}

export function allProblems(journal: Journal): KeptProblem[] {
  return journal.all('SELECT * FROM problem ORDER BY path').map(fromRow);
}

export function saveProblem(journal: Journal, { problem, signature, tries }: KeptProblem): void {
  journal.run(
    'INSERT OR REPLACE INTO problem (path, code, action, kept, signature, tries, retry_at, data)' +
      ' VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    problem.path,
    problem.code,
    problem.action,
    problem.kept,
    signature,
    tries,
    problem.retryAt ?? 0,
    JSON.stringify(problem.data),
  );
}

/** Forgets a problem; true when there was one. */
export function forgetProblem(journal: Journal, path: string): boolean {
  if (journal.get('SELECT 1 AS there FROM problem WHERE path = ?', path) === undefined) return false;
  journal.run('DELETE FROM problem WHERE path = ?', path);
  return true;
}

function fromRow(row: Record<string, unknown>): KeptProblem {
  const retryAt = integer(row, 'retry_at');
  const problem: Problem = {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by saveProblem alone
    code: text(row, 'code') as ProblemCode,
    path: text(row, 'path'),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by saveProblem alone
    action: text(row, 'action') as Problem['action'],
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by saveProblem alone
    kept: text(row, 'kept') as Problem['kept'],
    ...(retryAt === 0 ? {} : { retryAt }),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by saveProblem alone
    data: JSON.parse(text(row, 'data')) as Problem['data'],
  };
  return { problem, signature: text(row, 'signature'), tries: integer(row, 'tries') };
}
