import type { ProblemCode } from '../api.ts';
import type { ObservedRemote } from '../model/observed-tree.ts';
import type { SyncPath } from '../model/paths.ts';
import { type ArchivePlan, chooseArchives } from '../propagate/archives.ts';
import { type BulkMemory, chooseBulk, sendInBulk } from '../propagate/bulk.ts';
import { type Outcome, postponed, type RunContext } from '../propagate/context.ts';
import { execute } from '../propagate/execute.ts';
import { originalPath } from '../propagate/paths.ts';
import { reactTo } from '../propagate/react.ts';
import { type Batch, type BatchListener, type ItemResult, runItems } from '../propagate/schedule.ts';
import { type ArchiveMemory, unpack } from '../propagate/unpack.ts';
import { localFileOf, remoteFileOf } from '../reconcile/emit.ts';
import { actual, goalPath } from '../reconcile/merge-node.ts';
import type { Plan, PlanItem } from '../reconcile/plan-item.ts';
import { relist } from './complete-folders.ts';
import type { Meter } from './meter.ts';
import type { ProblemBook } from './problem-book.ts';
import { bytesOf } from './queue.ts';
import { type RoomTask, roomFor } from './room-for.ts';

/** What is remembered from one item to the next. */
export interface Limits extends ArchiveMemory, BulkMemory {
  /** Uploads of this size and more were refused for lack of space on the server; see `until`. */
  quota: { readonly size: number; readonly until: number } | undefined;
  /** Downloads of this size and more did not fit on this disk, in this run. */
  disk: number | undefined;
  /** Whether this disk takes `a` and `A` for one name; asked once, since it costs a file made and removed. */
  ignoresCase: boolean | undefined;
}

/** For how long a refusal for lack of space holds. */
const quotaMemory = 10 * 60_000;

/** What was done, by kind. */
export interface Tally {
  uploaded: number;
  downloaded: number;
  moved: number;
  removed: number;
}

interface PropagationTask {
  readonly plan: Plan;
  /** The server's folder as it was found. */
  readonly remote: ObservedRemote;
  readonly context: RunContext;
  readonly meter: Meter;
  readonly problems: ProblemBook;
  readonly limits: Limits;
  readonly tally: Tally;
  readonly room: RoomTask;
}

/** Carries a plan out. One bad item never stops the others; a failure of the whole server is thrown. */
export function propagate(task: PropagationTask): Promise<ReadonlyMap<PlanItem, ItemResult>> {
  for (const item of task.plan.items) if (!isNote(item)) task.meter.expect(1, bytesOf(item));
  const { plan, context } = task;
  const { items } = plan;
  task.meter.queue.begin(items);
  for (const { action, node } of items) if (action === 'removeLocal') context.leaving.expect(node);
  const free = items.filter((item) => isTransfer(item) && mayBegin(item, task));
  const batches = [...archivesFor(free, task), ...bulkFor(free, task)];
  return runItems(items, batches, context.options.parallel, (item) => runItem(item, task));
}

function isTransfer({ action }: Pick<PlanItem, 'action'>): boolean {
  return action === 'download' || action === 'upload';
}

/** What comes as archives of those that may be tried now. */
function archivesFor(free: readonly PlanItem[], task: PropagationTask): readonly Batch[] {
  if (task.limits.noArchives) return [];
  const plans = chooseArchives(free, task.remote, task.context.options.archiveFrom);
  return plans.map((plan) => ({
    items: [...plan.wanted.values()],
    run: (ready) => runArchive(plan, ready, task),
  }));
}

/** What goes up together of those that may be tried now. */
function bulkFor(free: readonly PlanItem[], task: PropagationTask): readonly Batch[] {
  const { limits, plan, context } = task;
  if (limits.bulk === 'off') return [];
  const shipments = chooseBulk(plan.items, new Set(free), context.options.bulkFrom);
  return shipments.map((shipment) => ({
    items: shipment.files,
    run: (ready) => {
      const able = new Set(ready);
      const files = shipment.files.filter((item) => able.has(item));
      return sendInBulk({ ...shipment, files }, context, limits, listenerOf(task));
    },
  }));
}

function mayBegin(item: PlanItem, task: PropagationTask): boolean {
  const isWaiting = task.problems.mustWait(goalPath(item.node), signatureOf(item));
  return !isWaiting && refusal(item, task) === undefined && !comesToLeftAlone(item, task.context);
}

/**
 * Whether it was to be carried for the first time, and is in a folder that has another place since this pass moved it,
 * in which a pattern leaves it alone.
 */
function comesToLeftAlone({ action, node }: PlanItem, { ignoredBy }: RunContext): boolean {
  const isCarried = action === 'createRemote' || action === 'createLocal' || isTransfer({ action });
  const { row, goal, asideFrom, kind } = node;
  if (!isCarried || row !== undefined || goal === undefined || asideFrom !== undefined) return false;
  return ignoredBy(goalPath(actual(goal.parent)), goal.name, kind) !== undefined;
}

/** What there is no room for together comes one by one, as far as it fits. */
async function runArchive(
  { folder, wanted }: ArchivePlan,
  ready: readonly PlanItem[],
  task: PropagationTask,
): Promise<ReadonlySet<PlanItem>> {
  const claim = await roomFor(ready, task.room);
  if (claim.kind === 'refused') return new Set();
  const able = new Set(ready);
  const plan = { folder, wanted: new Map([...wanted].filter(([, item]) => able.has(item))) };
  try {
    return await unpack(plan, task.context, task.limits, listenerOf(task));
  } finally {
    // What of it came is counted with the next look at all that is here.
    claim.end(false);
  }
}

function listenerOf(task: PropagationTask): BatchListener {
  return {
    started: (item) => {
      task.meter.queue.left(item);
      task.meter.started(goalPath(item.node), item.action, bytesOf(item));
    },
    ended: (item, isDone) => {
      if (isDone) succeeded(item, task);
      if (isDone) return task.meter.ended(goalPath(item.node), true);
      task.meter.withdrawn(goalPath(item.node));
      task.meter.queue.joins(item);
    },
  };
}

async function runItem(item: PlanItem, task: PropagationTask): Promise<Exclude<ItemResult, 'blocked'>> {
  const path = goalPath(item.node);
  const signature = signatureOf(item);
  task.meter.queue.left(item);
  if (task.problems.mustWait(path, signature)) {
    task.meter.dropped(bytesOf(item));
    return 'failed';
  }
  if (comesToLeftAlone(item, task.context)) {
    task.meter.dropped(bytesOf(item));
    return 'postponed';
  }
  const refused = refusal(item, task);
  if (refused !== undefined) {
    task.problems.failed(path, item.action, refused, { signature, data: { size: bytesOf(item) } });
    task.meter.dropped(bytesOf(item));
    return 'failed';
  }
  const claim = await roomFor([item], task.room);
  if (claim.kind === 'refused') {
    remember(claim.why, item, task);
    task.problems.failed(path, item.action, claim.why, { signature, data: { size: bytesOf(item) } });
    task.meter.dropped(bytesOf(item));
    return 'failed';
  }
  if (!isNote(item)) task.meter.started(path, item.action, bytesOf(item), movedFrom(item));
  let hasCome = false;
  try {
    const outcome = await executeOrReact(item, path, signature, task);
    hasCome = outcome === 'done';
    return outcome;
  } finally {
    task.meter.ended(path, hasCome);
    claim.end(hasCome);
  }
}

async function executeOrReact(
  item: PlanItem,
  path: SyncPath,
  signature: string,
  task: PropagationTask,
): Promise<Exclude<ItemResult, 'blocked'>> {
  let outcome: Outcome;
  try {
    outcome = await execute(item, task.context);
  } catch (error) {
    const reaction = reactTo(error);
    if (reaction.kind === 'problem') {
      remember(reaction.code, item, task);
      if (reaction.code === 'forbidden') relist(item.node, task.context.journal);
      task.problems.failed(path, item.action, reaction.code, { signature, data: reaction.data });
      return 'failed';
    }
    outcome = postponed;
  }
  if (outcome.kind === 'postponed') return 'postponed';
  succeeded(item, task);
  return 'done';
}

function succeeded(item: PlanItem, { problems, context, tally }: PropagationTask): void {
  const path = goalPath(item.node);
  problems.succeeded(path);
  if (item.node.isRestored) context.reporter.notice('restored', path);
  count(item, tally);
}

/**
 * What both sides look like for an item: when it changes, trying again makes sense at once. A version that was saved over
 * in the second of its saving keeps its etag, not its length (recorded: 03/01 to 03/03).
 */
export function signatureOf({ action, node }: PlanItem): string {
  const local = localFileOf(node);
  const remote = remoteFileOf(node);
  const here = local === undefined ? '' : `${local.modified}/${local.size}/${local.inode}`;
  const there = remote === undefined ? '' : `${remote.etag}/${remote.size}`;
  return `${action}|${here}|${there}|${remote?.stated ?? ''}`;
}

/** Why an item need not even be tried. */
function refusal(item: PlanItem, { limits, context }: PropagationTask): ProblemCode | undefined {
  const size = bytesOf(item);
  const { quota, disk } = limits;
  if (
    item.action === 'upload' &&
    quota !== undefined &&
    isStill(quota.until, context.clock.now()) &&
    size >= quota.size
  ) {
    return 'quotaFull';
  }
  return item.action === 'download' && disk !== undefined && size >= disk ? 'diskFull' : undefined;
}

/** Whether a refusal still holds: not if its end is further away than it can be, since the clock was then put back. */
function isStill(until: number, now: number): boolean {
  return until > now && until <= now + quotaMemory;
}

function remember(code: ProblemCode, item: PlanItem, { limits, context }: PropagationTask): void {
  const size = bytesOf(item);
  if (code === 'quotaFull' && size > 0) {
    const smallest = Math.min(limits.quota?.size ?? size, size);
    limits.quota = { size: smallest, until: context.clock.now() + quotaMemory };
  }
  if (code === 'diskFull') limits.disk = Math.min(limits.disk ?? size, size);
}

function count(item: PlanItem, tally: Tally): void {
  switch (item.action) {
    case 'upload':
    case 'createRemote':
      tally.uploaded += 1;
      break;
    case 'download':
    case 'createLocal':
    case 'resolve':
      tally.downloaded += 1;
      break;
    case 'moveLocal':
    case 'moveRemote':
      tally.moved += 1;
      break;
    case 'removeLocal':
    case 'removeRemote':
    case 'evict':
      tally.removed += 1;
      break;
    case 'adopt':
    case 'turnAway':
    case 'forget':
      break;
  }
}

/** Items that only the journal hears of: nobody need be told, and nothing follows from them. */
export function isNote(item: PlanItem): boolean {
  return item.action === 'adopt' || item.action === 'turnAway' || item.action === 'forget';
}

function movedFrom(item: PlanItem): string | undefined {
  return item.action === 'moveLocal' && item.node.asideFrom !== undefined
    ? originalPath(item.node)
    : undefined;
}
