import type { Tally } from './checks.ts';

/** What the test runner reports of a group, as far as it counts. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** In the name of a test that was left out because of the machine (only root may mount a disk, say), with the reason. */
const NOT_HERE = '(not on this machine: ';

/** The tests that this machine does not allow, by their names, which say why. */
export function notHere({ testResults }: Report): readonly string[] {
  const left = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== 'passed' && status !== 'failed');
  return left.map(({ fullName }) => fullName).filter((name) => name.includes(NOT_HERE));
}

/**
 * Counts a group. A skipped test counts as failed, since none may be; but what the machine does not allow counts for
 * nothing, and is to be told of.
 *
 * @param code what the runner ended with
 */
export function tallyOf(report: Report, code: number | null): Tally {
  const skipped = report.numPendingTests + report.numTodoTests - notHere(report).length;
  const failed = report.numFailedTests + skipped;
  return { passed: report.numPassedTests, failed: code === 0 ? failed : Math.max(1, failed) };
}
