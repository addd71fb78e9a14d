import { expect, test } from 'vitest';
import * as world from '../../e2e/gallery/world/files.ts';
import type { FolderActivity } from '../../preload/contract/files.ts';
import { stoppedAlike } from './stopped-alike.ts';

const folder = (id: string, activity: FolderActivity) => world.folder(id, id, { activity });

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
