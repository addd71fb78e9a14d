import { expect, test } from 'vitest';
import type { RemoteEntry, RemoteFile } from '../model/entries.ts';
import { type ObservedRemote, observe, observedRemotePath } from '../model/observed-tree.ts';
import type { PlanItem } from '../reconcile/plan-item.ts';
import { chooseArchives } from './archives.ts';

const folderEntry: RemoteEntry = { kind: 'folder', id: '', etag: '', permissions: '' };

function fileEntry(size: number, racy = false): RemoteFile {
  return { kind: 'file', id: '', etag: '', size, mtime: 0, stated: '', permissions: '', racy };
}

/** So many files of a size in a folder, as downloads. */
function fill(folder: ObservedRemote, count: number, size: number, racy = false): PlanItem[] {
  return Array.from({ length: count }, (_, index) => {
    const remote = fileEntry(size, racy);
    const seen = observe<RemoteEntry>(folder, `${size}-${index}`, remote);
    const node = { remote: { kind: 'seen', node: seen } };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the choice reads what was seen of it alone
    return { action: 'download', remote, over: undefined, needs: new Set(), node } as unknown as PlanItem;
  });
}

const root = (): ObservedRemote => observe<RemoteEntry>(undefined, '', folderEntry);
const below = (parent: ObservedRemote, name: string): ObservedRemote =>
  observe<RemoteEntry>(parent, name, folderEntry);

function chosen(items: readonly PlanItem[], top: ObservedRemote): [string, number][] {
  return chooseArchives(items, top, 8).map(({ folder, wanted }) => [observedRemotePath(folder), wanted.size]);
}

test('the whole folder comes as one archive when all of it is wanted', () => {
  const top = root();
  const items = [...fill(below(top, 'a'), 20, 1000), ...fill(below(top, 'b'), 20, 1000), ...fill(top, 3, 10)];
  const plans = chooseArchives(items, top, 8);
  expect(plans.map(({ folder }) => observedRemotePath(folder))).toEqual(['']);
  expect([...(plans[0]?.wanted.keys() ?? [])]).toContain('a/1000-19');
  expect(plans[0]?.wanted.size).toBe(43);
});

test('the folders below a folder that holds much else come by themselves', () => {
  const top = root();
  observe<RemoteEntry>(top, 'film', fileEntry(900_000_000));
  const items = [...fill(below(top, 'a'), 20, 1000), ...fill(below(top, 'b'), 7, 1000)];
  expect(chosen(items, top)).toEqual([['a', 20]]);
});

test('nothing is asked for with a folder that was not looked into', () => {
  const top = root();
  below(top, 'known').listing = 'pruned';
  expect(chosen(fill(below(top, 'a'), 20, 1000), top)).toEqual([['a', 20]]);
});

test('few files, large ones, and files of this very second come one by one', () => {
  for (const [count, size, racy] of [
    [7, 10, false],
    [20, 300_000, false],
    [20, 5_000_000, false],
    [20, 10, true],
  ] as const) {
    const top = root();
    expect(chosen(fill(below(top, 'a'), count, size, racy), top)).toEqual([]);
  }
});
