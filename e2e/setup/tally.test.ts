import { expect, test } from 'vitest';
import { notHere, type Report, tallyOf } from './tally.ts';

const needsRoot = 'a disk is full (not on this machine: only root may mount)';

function report(...statuses: readonly (readonly [status: string, fullName: string])[]): Report {
  const count = (wanted: string): number => statuses.filter(([status]) => status === wanted).length;
  return {
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('skipped'),
    numTodoTests: count('todo'),
    testResults: [{ assertionResults: statuses.map(([status, fullName]) => ({ status, fullName })) }],
  };
}

test('a test that was skipped, or is to be written, counts as failed', () => {
  const some = report(['passed', 'a'], ['skipped', 'b'], ['todo', 'c']);
  expect(tallyOf(some, 0)).toEqual({ passed: 1, failed: 2 });
  expect(notHere(some)).toEqual([]);
});

test('one that the machine does not allow is told of with its reason, and fails nothing', () => {
  const some = report(['passed', 'a'], ['skipped', needsRoot]);
  expect(tallyOf(some, 0)).toEqual({ passed: 1, failed: 0 });
  expect(notHere(some)).toEqual([needsRoot]);
});

test('one of that name that ran counts as any other', () => {
  expect(tallyOf(report(['failed', needsRoot]), 1)).toEqual({ passed: 0, failed: 1 });
  expect(notHere(report(['failed', needsRoot], ['passed', needsRoot]))).toEqual([]);
});

test('a runner that ended badly has failed, whatever it counted', () => {
  expect(tallyOf(report(['passed', 'a']), 1)).toEqual({ passed: 1, failed: 1 });
  expect(tallyOf(report(['passed', 'a']), null)).toEqual({ passed: 1, failed: 1 });
});
