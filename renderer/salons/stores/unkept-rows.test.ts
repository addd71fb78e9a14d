import { expect, test } from 'vitest';
import type { Vault, VaultChange } from '../../matrix/cache/vault.ts';
import { UnkeptRows } from './unkept-rows.ts';

/** A disk that takes what it is given when the test says so. */
class SlowDisk {
  readonly writes: { readonly changes: readonly VaultChange[]; readonly end: PromiseWithResolvers<void> }[] =
    [];
  readonly write: Vault['write'] = (changes) => {
    const end = Promise.withResolvers<void>();
    this.writes.push({ changes, end });
    return end.promise;
  };
}

test('words are here until the disk has them, and whoever writes newer ones waits for that', async () => {
  const rows = new UnkeptRows();
  const disk = new SlowDisk();
  rows.set('drafts', '!a', 'old');
  const first = rows.bringTo(disk);
  expect(rows.get('drafts', '!a')).toBe('old');
  const ended: string[] = [];
  const second = (async () => {
    await rows.bringTo(disk);
    ended.push('second');
  })();
  await new Promise(setImmediate);
  expect([disk.writes.length, ended]).toEqual([1, []]);
  disk.writes[0]?.end.resolve();
  await Promise.all([first, second]);
  expect(rows.get('drafts', '!a')).toBeUndefined();
});

test('what comes while others are written stays, and so does everything when that fails', async () => {
  const rows = new UnkeptRows();
  const disk = new SlowDisk();
  rows.set('drafts', '!a', 'old');
  rows.set('drafts', '!b', 'other');
  const bringing = rows.bringTo(disk);
  rows.set('drafts', '!a', 'newer');
  disk.writes[0]?.end.resolve();
  await bringing;
  expect([...rows.all('drafts')]).toEqual([['!a', 'newer']]);
  const failing = rows.bringTo(disk);
  disk.writes[1]?.end.reject(new Error('full'));
  await expect(failing).rejects.toThrow('full');
  expect([...rows.all('drafts')]).toEqual([['!a', 'newer']]);
  const again = rows.bringTo(disk);
  expect(disk.writes[2]?.changes).toEqual([{ category: 'drafts', name: '!a', value: 'newer' }]);
  disk.writes[2]?.end.resolve();
  await again;
  expect([...rows.all('drafts')]).toEqual([]);
});
