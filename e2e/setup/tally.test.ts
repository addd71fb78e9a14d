import { expect, test } from 'vitest';
import { failuresOf, notHere, type Report, tallyOf } from './tally.ts';

const needsRoot = 'a disk is full (not on this machine: only root may mount)';

function report(...statuses: readonly (readonly [status: string, fullName: string])[]): Report {
  const count = (wanted: string): number => statuses.filter(([status]) => status === wanted).length;
  return {
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('skipped'),
    numTodoTests: count('todo'),
    testResults: [
      {
        name: '/here/some.test.ts',
        status: count('failed') > 0 ? 'failed' : 'passed',
        message: '',
        assertionResults: statuses.map(([status, fullName]) => ({ status, fullName })),
      },
    ],
  };
}

test('a test that was skipped, or is to be written, counts as failed', () => {
  const some = report(['passed', 'a'], ['skipped', 'b'], ['todo', 'c']);
  expect(tallyOf(some, 0, '/here')).toMatchObject({ passed: 1, failed: 2 });
  expect(notHere(some)).toEqual([]);
});

test('one that the machine does not allow is told of with its reason, and fails nothing', () => {
  const some = report(['passed', 'a'], ['skipped', needsRoot]);
  expect(tallyOf(some, 0, '/here')).toMatchObject({ passed: 1, failed: 0 });
  expect(notHere(some)).toEqual([needsRoot]);
});

test('one of that name that ran counts as any other', () => {
  expect(tallyOf(report(['failed', needsRoot]), 1, '/here')).toMatchObject({ passed: 0, failed: 1 });
  expect(notHere(report(['failed', needsRoot], ['passed', needsRoot]))).toEqual([]);
});

test('a runner that ended badly has failed, whatever it counted', () => {
  expect(tallyOf(report(['passed', 'a']), 1, '/here')).toMatchObject({ passed: 1, failed: 1 });
  expect(tallyOf(report(['passed', 'a']), null, '/here')).toMatchObject({ passed: 1, failed: 1 });
});

test('what failed is named with its file and the first line of why, and so is a file that could not be loaded', () => {
  const some = report(['passed', 'a'], ['failed', 'b']);
  const [file] = some.testResults;
  if (!file) throw new Error('no file');
  const told = {
    ...some,
    testResults: [
      {
        ...file,
        assertionResults: [{ status: 'failed', fullName: 'b', failureMessages: ['Error: no\n  at x'] }],
      },
      { ...file, name: '/here/other.test.ts', message: 'Error: it does not load', assertionResults: [] },
    ],
  };
  expect(failuresOf(told, '/here')).toEqual([
    'some.test.ts > b: Error: no',
    'other.test.ts: Error: it does not load',
  ]);
});
