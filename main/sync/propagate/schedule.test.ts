import { expect, test } from 'vitest';
import type { PlanItem } from '../reconcile/plan-item.ts';
import { type Batch, runItems } from './schedule.ts';

/** Only what the schedule looks at. */
function item(
  action: 'createLocal' | 'download' | 'moveLocal' | 'removeLocal',
  ...needs: PlanItem[]
): PlanItem {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schedule reads the action and the needs alone
  return { action, needs: new Set(needs), node: {} } as unknown as PlanItem;
}

/** Runs items, all of which succeed but the given ones; gives the order in which they ended. */
async function order(
  items: readonly PlanItem[],
  batches: readonly Batch[] = [],
  failing: readonly PlanItem[] = [],
): Promise<{ readonly ran: readonly PlanItem[]; readonly results: ReadonlyMap<PlanItem, string> }> {
  const ran: PlanItem[] = [];
  const results = await runItems(items, batches, 2, async (each) => {
    await Promise.resolve();
    ran.push(each);
    return failing.includes(each) ? 'failed' : 'done';
  });
  return { ran, results };
}

test('moves come first, removals last, and each thing after what it needs', async () => {
  const remove = item('removeLocal');
  const folder = item('createLocal');
  const file = item('download', folder);
  const move = item('moveLocal');
  const { ran, results } = await order([remove, file, folder, move]);
  expect(ran).toEqual([move, folder, file, remove]);
  expect([...results.values()]).toEqual(['done', 'done', 'done', 'done']);
});

test('what needs something that failed is blocked, and all after it', async () => {
  const folder = item('createLocal');
  const inner = item('createLocal', folder);
  const file = item('download', inner);
  const { ran, results } = await order([folder, inner, file], [], [folder]);
  expect(ran).toEqual([folder]);
  expect([results.get(inner), results.get(file)]).toEqual(['blocked', 'blocked']);
});

test('a batch begins when all of it could, and what it leaves is run one by one', async () => {
  const folder = item('createLocal');
  const files = [item('download', folder), item('download', folder), item('download')];
  const begun: number[] = [];
  const [first] = files;
  const batch: Batch = {
    items: files,
    run: (ready) => {
      begun.push(ready.length);
      return Promise.resolve(new Set(first === undefined ? [] : [first]));
    },
  };
  const { ran, results } = await order([folder, ...files], [batch]);
  expect(begun).toEqual([3]);
  expect(new Set(ran)).toEqual(new Set([folder, ...files.slice(1)]));
  expect(files.map((file) => results.get(file))).toEqual(['done', 'done', 'done']);
});

test('a batch goes without those of its items that are blocked, and not at all when all are', async () => {
  const folders = [item('createLocal'), item('createLocal')];
  const [one, other] = folders.map((folder) => item('download', folder));
  if (one === undefined || other === undefined) throw new Error('two files');
  const carry: PlanItem[][] = [];
  const batchOf = (items: readonly PlanItem[]): Batch => ({
    items,
    run: (ready) => {
      carry.push([...ready]);
      return Promise.resolve(new Set(ready));
    },
  });
  const half = await order([...folders, one, other], [batchOf([one, other])], folders.slice(0, 1));
  expect([half.results.get(one), half.results.get(other)]).toEqual(['blocked', 'done']);
  expect(carry).toEqual([[other]]);
  const none = await order([...folders, one, other], [batchOf([one, other])], folders);
  expect([none.results.get(one), none.results.get(other)]).toEqual(['blocked', 'blocked']);
  expect(carry).toHaveLength(1);
});

test('a batch goes without those of its items that can only come after others of it, in it or in another one', async () => {
  const out = item('download');
  const folder = item('removeLocal', out);
  const into = item('download', folder);
  const last = item('download', into);
  const carry: PlanItem[][] = [];
  const batchOf = (...items: readonly PlanItem[]): Batch => ({
    items,
    run: (ready) => {
      carry.push([...ready]);
      return Promise.resolve(new Set(ready));
    },
  });
  const alone = await order([out, folder, into], [batchOf(out, into)]);
  expect([...alone.results.values()]).toEqual(['done', 'done', 'done']);
  expect(carry).toEqual([[out]]);
  const crossed = [batchOf(out, last), batchOf(into, item('download'))];
  const both = await order([...crossed.flatMap(({ items }) => items), folder], crossed);
  expect(new Set(both.results.values())).toEqual(new Set(['done']));
});

test('what a batch throws ends everything', async () => {
  const file = item('download');
  const batch: Batch = { items: [file], run: () => Promise.reject(new Error('server gone')) };
  await expect(order([file], [batch])).rejects.toThrow('server gone');
});
