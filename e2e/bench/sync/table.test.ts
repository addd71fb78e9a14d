import { expect, test } from 'vitest';
import { Figures } from './table.ts';

test('medians are compared with the peer and with the aim, part by part', () => {
  const figures = new Figures();
  for (const seconds of [3, 1, 2]) {
    figures.add('up', { ratio: 0.5 }, 'ours', { seconds, requests: 7, peakMb: 99.6 });
    figures.add('up', { ratio: 0.5 }, 'peer', { seconds: seconds * 4 });
    figures.add('scan', { seconds: 10, mb: 200 }, 'ours', { seconds, peakMb: 201 });
    figures.add('alone', { ratio: 1 }, 'ours', { seconds });
  }
  expect(figures.results()).toEqual([
    { task: 'up', ours_s: 2, peer_s: 8, ratio: 0.25, requests: 7, peak_mb: 100 },
    { task: 'scan', ours_s: 2, peer_s: null, ratio: null, requests: null, peak_mb: 201 },
    { task: 'alone', ours_s: 2, peer_s: null, ratio: null, requests: null, peak_mb: null },
  ]);
  const [, up = '', scan = '', alone = ''] = figures.lines();
  expect(up).toMatch(/0\.5x\s+reached$/);
  expect(scan).toMatch(/10 s, 200 MB\s+NOT reached$/);
  expect(alone).toMatch(/not compared$/);
});

test('a task that only the peer did is no line', () => {
  const figures = new Figures();
  figures.add('up', {}, 'peer', { seconds: 1 });
  expect(figures.results()).toEqual([]);
});
