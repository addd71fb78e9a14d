import { expect, test } from 'vitest';
import type { Problem, RunReport, SyncEvent } from '../api.ts';
import { printer, printReport } from './printer.ts';
import { wordsFor } from './words.ts';

const french = wordsFor({ LANG: 'fr_FR.UTF-8' });
const english = wordsFor({ LANG: 'C' });

function printed(event: SyncEvent, words = french): string[] {
  const lines: string[] = [];
  const add = (text: string) => void lines.push(text);
  printer(words, { line: add, status: add })(event);
  return lines;
}

const pair = { pair: 'p', at: 1 };
const sent = (path: string): SyncEvent => ({
  ...pair,
  type: 'item',
  phase: 'done',
  action: 'upload',
  path,
  bytesDone: 1500,
  bytesTotal: 1500,
});
const problem = (path: string): Problem => ({
  code: 'quotaFull',
  path,
  action: 'upload',
  kept: 'here',
  data: {},
});

test('a name can neither move the cursor nor end a line', () => {
  const bad = 'a\u001b[2K\nb\u202ecod.exe';
  const [line] = printed(sent(bad), english);
  expect(line).toBe('↑ sent a\uFFFD[2K\uFFFDb\uFFFDcod.exe (1.5 kB)');
  const events: SyncEvent[] = [
    { ...pair, type: 'problem', problem: problem(bad) },
    { ...pair, type: 'conflict', conflict: { path: bad, copy: bad, at: 1 } },
    { ...pair, type: 'notice', code: 'recovered', path: bad, count: 2 },
  ];
  // oxlint-disable-next-line no-control-regex -- what must not be there
  for (const event of events) expect(printed(event).join('')).not.toMatch(/[\u0000-\u001f\u202e]/);
});

test('how far it is says how long it still takes', () => {
  const progress = {
    filesDone: 3,
    filesTotal: 240,
    bytesDone: 14.2e6,
    bytesTotal: 3e8,
    speed: 2.3e6,
    secondsLeft: 124,
  };
  const event: SyncEvent = { ...pair, type: 'progress', progress };
  expect(printed(event)).toEqual(['3/240, 14,2 Mo / 300,0 Mo, 2,3 Mo/s, encore 2 min']);
  expect(printed(event, english)).toEqual(['3/240, 14.2 MB / 300.0 MB, 2.3 MB/s, 2 min left']);
  const still: SyncEvent = { ...event, progress: { ...progress, speed: 0 } };
  expect(printed(still)).toEqual(['3/240, 14,2 Mo / 300,0 Mo']);
});

test('what could not be done is counted in the words for one and for more', () => {
  const said = (count: number, words = french) => {
    const lines: string[] = [];
    const report: RunReport = {
      outcome: 'problems',
      uploaded: 0,
      downloaded: 0,
      moved: 0,
      removed: 0,
      conflicts: 0,
      bytes: 0,
      requests: 0,
      problems: Array.from({ length: count }, (_, at) => problem(`${at}.txt`)),
    };
    const output = { line: (text: string) => void lines.push(text), status: () => undefined };
    printReport(report, { kind: 'idle', problems: count }, words, output);
    return lines;
  };
  expect(said(1)).toEqual([
    'Un élément n’a pas pu être synchronisé :',
    expect.stringMatching(/^ {2}✗ 0\.txt : /),
  ]);
  expect(said(2)[0]).toBe('2 éléments n’ont pas pu être synchronisés :');
  expect(said(2, english)[2]).toMatch(/^ {2}✗ 1\.txt: /);
});
