import { expect, test } from 'vitest';
import { FolderNotice } from '../../preload/contract/files.ts';
import { keptInMemory } from '../store/kept.ts';
import { type KeptNotice, type Noticed, Notices } from './notices.ts';

const restored = (path: string, at = 1): Noticed => ({
  pairId: 'p',
  code: 'restored',
  path,
  keptPath: `${path} (copie)`,
  count: 1,
  at,
});

test('a folder has one notice of a kind, with the latest files and how many there are', async () => {
  const notices = new Notices(keptInMemory<readonly KeptNotice[]>([]));
  for (let at = 0; at < 30; at += 1) await notices.add(restored(`${at}.txt`, at));
  await notices.add(restored('29.txt', 40));
  await notices.add({ ...restored('x'), pairId: 'other' });
  const [notice, ...rest] = notices.of('p').map((each) => FolderNotice.parse(each));
  expect(rest).toEqual([]);
  expect(notice).toMatchObject({ code: 'restored', count: 30, at: 40 });
  expect(notice?.files).toHaveLength(20);
  expect(notice?.files[0]).toEqual({ path: '29.txt', keptPath: '29.txt (copie)' });
});

test('what found no trash is in a folder that one can open', async () => {
  const notices = new Notices(keptInMemory<readonly KeptNotice[]>([]));
  await notices.add({ ...restored('old.txt'), code: 'trashUnavailable', keptPath: null });
  expect(notices.of('p')).toMatchObject([
    { code: 'no-trash', files: [{ path: 'old.txt', keptPath: '.traboule-trash' }] },
  ]);
});

test('what is left out is counted with those that are not named', async () => {
  const notices = new Notices(keptInMemory<readonly KeptNotice[]>([]));
  await notices.add({ ...restored('a.iso'), code: 'leftOutTooLarge', keptPath: null });
  await notices.add({ ...restored('b.iso'), code: 'leftOutTooLarge', keptPath: null, count: 12 });
  expect(notices.of('p')).toMatchObject([{ code: 'left-out-size', count: 13 }]);
});

test('a notice stays over restarts until it was read', async () => {
  const kept = keptInMemory<readonly KeptNotice[]>([]);
  await new Notices(kept).add(restored('plan.txt'));
  await new Notices(kept).add({ ...restored(''), code: 'journalRebuilt', keptPath: null, at: 2 });
  expect(new Notices(kept).of('p').map(({ code }) => code)).toEqual(['compared-anew', 'restored']);
  await new Notices(kept).dismiss('p', 'restored');
  expect(new Notices(kept).of('p').map(({ code }) => code)).toEqual(['compared-anew']);
  await new Notices(kept).forgetAll();
  expect(kept.value).toEqual([]);
});
