import { relative } from 'node:path';
import type { Tally } from './checks.ts';

/** What the test runner reports of a group, as far as it counts. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly FileReport[];
}

/** What it reports of a file of tests. */
interface FileReport {
  readonly name: string;
  readonly status: string;
  /** Why the file as a whole failed, if it did (it could not be loaded, a hook threw). */
  readonly message: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages?: readonly string[] | null;
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
 * What failed, one line each: file, name, and the first line of why. A run prints so much that what failed early is
 * far away at its end, and a report that is cut keeps the end only.
 *
 * @param root the folder that files are named from
 */
export function failuresOf({ testResults }: Report, root: string): readonly string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && status === 'failed')
      return [`${file}: ${firstLine(message) || 'what is done before its tests failed'}`];
    return failed.map(
      ({ fullName, failureMessages }) => `${file} > ${fullName}: ${firstLine(failureMessages?.[0])}`,
    );
  });
}

function firstLine(text = ''): string {
  return text.trim().split('\n', 1)[0] ?? '';
}

/**
 * Counts a group. A skipped test counts as failed, since none may be; but what the machine does not allow counts for
 * nothing, and is to be told of.
 *
 * @param code what the runner ended with
 * @param root the folder that files are named from
 */
export function tallyOf(report: Report, code: number | null, root: string): Tally {
  const skipped = report.numPendingTests + report.numTodoTests - notHere(report).length;
  const failed = report.numFailedTests + skipped;
  return {
    passed: report.numPassedTests,
    failed: code === 0 ? failed : Math.max(1, failed),
    failures: failuresOf(report, root),
  };
}
