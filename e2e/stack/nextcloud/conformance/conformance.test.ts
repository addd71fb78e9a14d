/**
 * Holds the stand-in against the recordings of a real Nextcloud 24.0.5 (see `server-under-test.ts` for running the
 * same against another server by environment variables).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownDifferences } from './known-differences.ts';
import { groups } from './recordings.ts';
import type { Outcome } from './replay.ts';
import { replay } from './replay.ts';
import type { ServerUnderTest } from './server-under-test.ts';
import { openServerUnderTest } from './server-under-test.ts';

const isStandin = process.env.NEXTCLOUD_URL === undefined;

describe('the recorded exchanges', () => {
  let server: ServerUnderTest;
  let outcomes: Outcome[];

  beforeAll(async () => {
    server = await openServerUnderTest();
    outcomes = await replay(server, groups);
    console.log(report(server.name, outcomes));
  }, 600_000);

  afterAll(async () => {
    await server.close();
  });

  it('are all replayed on the stand-in', () => {
    const left = outcomes.filter((outcome) => outcome.notReplayed !== null);
    // Another server may lack maintenance mode and Apache: 8 and 27 exchanges.
    expect(left.length).toBeLessThanOrEqual(isStandin ? 0 : 35);
    expect(outcomes.length).toBeGreaterThan(500);
  });

  it.each(groups)('are answered alike in group %s', (group) => {
    const unexpected = outcomes
      .filter((outcome) => outcome.group === group && outcome.differences.length > 0)
      .filter((outcome) => !isStandin || knownDifferences[outcome.id] === undefined)
      .map(({ id, why, differences }) => ({ id, why, differences }));
    expect(unexpected).toEqual([]);
  });

  it('differ wherever a difference is listed', () => {
    const alike = new Set(outcomes.filter((each) => each.differences.length === 0).map((each) => each.id));
    const outdated = Object.keys(knownDifferences).filter((id) => isStandin && alike.has(id));
    expect(outdated).toEqual([]);
  });

  it('are answered alike in at least 95 of 100 cases', () => {
    const replayed = outcomes.filter((outcome) => outcome.notReplayed === null);
    const alike = replayed.filter((outcome) => outcome.differences.length === 0);
    expect(alike.length / replayed.length).toBeGreaterThanOrEqual(0.95);
  });
});

function report(name: string, outcomes: readonly Outcome[]): string {
  const count = (list: readonly Outcome[]) => {
    const replayed = list.filter((outcome) => outcome.notReplayed === null);
    const alike = replayed.filter((outcome) => outcome.differences.length === 0);
    const left = list.length - replayed.length;
    return `${alike.length} of ${replayed.length} alike${left > 0 ? `, ${left} not replayed` : ''}`;
  };
  const lines = groups.map(
    (group) => `  ${group}: ${count(outcomes.filter((outcome) => outcome.group === group))}`,
  );
  const known = Object.entries(knownDifferences).map(([id, reason]) => `  known difference ${id}: ${reason}`);
  const looks = outcomes.reduce((sum, outcome) => sum + outcome.looks, 0);
  const title = `recorded exchanges on ${name}: ${count(outcomes)}, with ${looks} looks at files afterwards`;
  return [title, ...lines, ...(isStandin ? known : [])].join('\n');
}
