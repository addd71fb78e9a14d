import { expect, test } from 'vitest';
import type { FolderActivity, SalonFolder } from '../../preload/contract/files.ts';
import { stoppedAlike } from './stopped-alike.ts';

const folder = (salonId: string, activity: FolderActivity): SalonFolder => ({
  salonId,
  kind: 'salon',
  name: salonId,
  activity,
  fileCount: 1,
  byteCount: 1,
  lastChange: null,
  problems: [],
  conflicts: [],
  notices: [],
  unwanted: [],
});

test('folders that stand still for the same reason are told together, those that go on by themselves are not', () => {
  const [a, b, c, d, e, f] = [
    folder('a', { state: 'offline', why: 'certificate' }),
    folder('b', { state: 'offline', why: 'network' }),
    folder('c', { state: 'failed', why: 'other-program', detail: 'journalInUse' }),
    folder('d', { state: 'offline', why: 'certificate' }),
    folder('e', { state: 'up-to-date' }),
    folder('f', { state: 'gone' }),
  ] as const;
  expect(stoppedAlike([a, b, c, d, e, f])).toEqual([[a, d], [c], [f]]);
});
