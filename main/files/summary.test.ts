import { describe, expect, it } from 'vitest';
import type { FilesOverview, SalonFolder } from '../../preload/contract/files.ts';
import { summaryOf } from './summary.ts';

const folder = (rest: Partial<SalonFolder>): SalonFolder => ({
  salonId: '!a:m.example',
  kind: 'salon',
  name: 'Quais',
  activity: { state: 'up-to-date' },
  fileCount: 1,
  byteCount: 1,
  lastChange: null,
  problems: [],
  conflicts: [],
  notices: [],
  unwanted: [],
  ...rest,
});
const overview = (folders: SalonFolder[], rest: Partial<FilesOverview> = {}): FilesOverview => ({
  place: '/home/nadia/Traboule',
  suggestedPlace: '/home/nadia/Traboule',
  paused: false,
  pausedUntil: null,
  mayAdd: true,
  spaceLimit: null,
  room: null,
  folders,
  ...rest,
});
const syncing = folder({
  activity: {
    state: 'syncing',
    filesLeft: 1,
    bytesDone: 0,
    bytesTotal: 1,
    bytesPerSecond: 0,
    secondsLeft: null,
  },
});
const troubled = folder({
  problems: [{ path: 'a', code: 'quota', retryAt: null, detail: '' }],
  conflicts: [{ path: 'b', copyPath: 'b 2', at: 1 }],
});
const guarded = folder({
  activity: {
    state: 'guarded',
    guard: { id: 'g', reason: 'many-deletions', side: 'here', count: 100, examples: [] },
  },
});

describe('all folders in one word', () => {
  it.each([
    ['none', null],
    ['none', overview([folder({})], { place: null })],
    ['none', overview([])],
    ['up-to-date', overview([folder({}), folder({ activity: { state: 'scanning' } })])],
    ['syncing', overview([folder({}), syncing])],
    ['offline', overview([syncing, folder({ activity: { state: 'offline', why: 'network' } })])],
    ['needs-you', overview([syncing, troubled])],
    ['needs-you', overview([guarded])],
    ['needs-you', overview([folder({ activity: { state: 'signed-out' } })])],
    ['paused', overview([troubled], { paused: true })],
    ['paused', overview([folder({ activity: { state: 'paused', reason: 'battery' } })])],
  ] as const)('is %s', (state, given) => {
    expect(summaryOf(given).state).toBe(state);
  });

  it('counts what can not be synced, and what waits for a decision', () => {
    expect(summaryOf(overview([troubled, guarded, folder({})]))).toMatchObject({ problems: 1, decisions: 2 });
  });
});
