import type { Guard } from '../api.ts';
import type { Finding } from '../discover/finding.ts';
import { excludeFile, ignoreKey, ignoring } from '../discover/ignore.ts';
import { discoverLocal, type LocalFindings } from '../discover/local.ts';
import { discoverRemote, type RemoteFindings } from '../discover/remote.ts';
import { allDisplaced } from '../journal/transfers.ts';
import { allUnseen } from '../journal/unseen.ts';
import { LocalFailure } from '../model/failures.ts';
import { observedAt } from '../model/observed-tree.ts';
import { isWithin, joinSync, type NameKey, nameKey, rootPath, type SyncPath } from '../model/paths.ts';
import type { RunContext } from '../propagate/context.ts';
import { Leaving } from '../propagate/leaving.ts';
import type { ItemResult } from '../propagate/schedule.ts';
import { settleDisplaced } from '../propagate/set-aside.ts';
import { type Deletions, deletionsOf, guardReason, isCoveredBy } from '../reconcile/guard.ts';
import { goalPath, type MergeNode } from '../reconcile/merge-node.ts';
import { makePlan, type Planned } from '../reconcile/plan.ts';
import type { Plan, PlanItem } from '../reconcile/plan-item.ts';
import { isForgottenAlone, recordCompleteFolders } from './complete-folders.ts';
import { type ExcludeList, readExcludeList } from './exclude-list.ts';
import { forgetStrays } from './forget-strays.ts';
import { noteChoice } from './note-choice.ts';
import { noteIgnored } from './note-ignored.ts';
import { isNote, propagate } from './propagation.ts';
import { clearOwnFiles, dropStaleTransfers, recoverDisplaced, recoverPending } from './recover.ts';
import { bytesHere } from './room-for.ts';
import { checkRoots, type Roots } from './roots.ts';
import { forgetSettledConflicts } from './settled-conflicts.ts';
import { tellLeftOut } from './tell-left-out.ts';
import type { Work } from './work.ts';

/** How one look at both sides, and what followed from it, ended. */
export type PassEnd =
  | { readonly kind: 'guarded'; readonly reason: Guard['reason']; readonly deletions: Deletions }
  | {
      readonly kind: 'done';
      /** Something was done, or could not be done as planned: both sides are to be looked at again. */
      readonly again: boolean;
      /** Items that found the world changed, with what they wanted to do. */
      readonly postponed: readonly PlanItem[];
      /** Items that only waited for each other: nothing was tried that could have failed. */
      readonly stuck: readonly PlanItem[];
      /** Files that changed so lately, on either side, that they are to be looked at again soon. */
      readonly young: readonly SyncPath[];
    };

const noDeletions: Deletions = { local: [], remote: [], fromReplaced: 0 };

/** Looks at both sides, plans, asks the guard, and does what is planned. */
export async function runPass(work: Work): Promise<PassEnd> {
  work.tell('scanning');
  const check = await checkRoots(work);
  if (check.kind === 'guarded') return { kind: 'guarded', reason: check.reason, deletions: noDeletions };
  work.claimFolder(check.roots.path);
  const excludes = await readExcludeList(check.roots.path, work.fileSystem, work.journal);
  const context = contextOf(work, check.roots, excludes);
  noteChoice(work.journal, work.options.unwanted);
  noteIgnored(work.journal, context.ignoredBy, ignoreKey(work.options.ignore, excludes.patterns));
  await recoverPending(context);
  const unrecovered = await recoverDisplaced(context);
  const { local, remote, planned } = await lookAndPlan(work, check.roots, context);
  if (work.options.mostBytes < Number.POSITIVE_INFINITY) work.room.note(work.pair, bytesHere(local.root));
  const uncleared = await clearOwnFiles(local, work.importing, context);
  const findings = [...unrecovered, ...uncleared, ...local.findings, ...remote.findings];
  work.problems.setFindings([...findings, ...clashesOf(planned.plan), ...unreadList(excludes)]);
  tellLeftOut({ local, remote }, work.journal, work.reporter);
  const deletions = deletionsOf(planned.merge);
  const reason = guardReason(deletions, work.journal.synced.files, work.options.guard);
  if (reason !== undefined && !isCoveredBy(deletions, work.confirmed))
    return { kind: 'guarded', reason, deletions };
  const { plan, merge } = planned;
  const soon = plan.waiting.filter((node) => clashOf(node) === undefined);
  const transfers = plan.items.filter(({ node }) => node.kind === 'file');
  const leftOut = new Set([...local.leftOut, ...remote.leftOut].map(({ path }) => path));
  const clashes = plan.waiting.filter((node) => clashOf(node) !== undefined).map(goalPath);
  const isBehindClash = (path: SyncPath): boolean => clashes.some((clash) => isWithin(path, clash));
  // What is left out as it is now, or waits for a name, is not hoped for: what once went wrong with it is over.
  const hoped = soon.filter(
    (node) => !isHeldFolder(node) && !leftOut.has(goalPath(node)) && !isBehindClash(goalPath(node)),
  );
  await dropStaleTransfers(transfers, new Set(hoped.map(goalPath)), context);
  if (plan.items.length > 0) work.tell('syncing');
  const room = { ...work, root: check.roots.path, most: work.options.mostBytes };
  const results = await propagate({ ...work, plan, remote: remote.root, context, room });
  await settleDisplaced(allDisplaced(work.journal), context);
  recordCompleteFolders(remote.root, merge, plan, results, work.journal);
  forgetStrays([...local.strays, ...remote.strays], context);
  const end = endOf(plan, results, [...local.young, ...remote.doubtful]);
  // What could not be tried because of another has no problem of its own any more: the other one's is told.
  const tried = plan.items.filter((item) => results.get(item) !== 'blocked' || end.stuck.includes(item));
  if (local.complete && remote.complete) work.problems.keepOnly(pathsOf(tried, hoped));
  const isLookedThrough = !end.again && local.complete && remote.complete;
  if (isLookedThrough) await forgetSettledConflicts(context, work.problems, soon.map(goalPath));
  return end;
}

function contextOf(work: Work, roots: Roots, { patterns }: ExcludeList): RunContext {
  const ignoredBy = ignoring(work.options.ignore, patterns);
  return { ...work, root: roots.path, ignoredBy, madeThere: new Map(), leaving: new Leaving() };
}

interface Looked {
  readonly local: LocalFindings;
  readonly remote: RemoteFindings;
  readonly planned: Planned;
}

/** Moves that stand in each other's way are seen as removals and new files, in a second look. */
async function lookAndPlan(work: Work, roots: Roots, context: RunContext): Promise<Looked> {
  const entangled = new Set<number>();
  const ignoresCase = await ignoresCaseHere(work, context);
  for (;;) {
    const local = await lookHere(work, roots, context, entangled);
    const remote = await lookThere(work, roots, context, entangled, local);
    const planned = makePlan(
      { synced: work.journal.synced, local, remote },
      {
        ignoresCase,
        fold: ignoresCase ? (name: NameKey) => name.toLowerCase() : (name: NameKey) => name,
        conflictLabel: work.options.conflictLabel,
        now: work.clock.now(),
        synced: work.journal.synced,
      },
    );
    const known = entangled.size;
    for (const { row } of planned.entangled) entangled.add(row);
    if (entangled.size === known) return { local, remote, planned };
  }
}

/** A disk on which this can't be tried now has no room for another name either: nothing will be made there. */
async function ignoresCaseHere({ limits, fileSystem }: Work, { root }: RunContext): Promise<boolean> {
  try {
    limits.ignoresCase ??= await fileSystem.ignoresCase(root);
    return limits.ignoresCase;
  } catch (error) {
    if (error instanceof LocalFailure) return false;
    throw error;
  }
}

function lookHere(
  work: Work,
  roots: Roots,
  context: RunContext,
  entangled: ReadonlySet<number>,
): Promise<LocalFindings> {
  return discoverLocal({
    fileSystem: work.fileSystem,
    root: roots.path,
    rootEntry: roots.local,
    synced: work.journal.synced,
    ignoredBy: context.ignoredBy,
    maxFileSize: work.options.maxFileSize,
    now: work.clock.now(),
    quietMs: work.options.quietMs,
    signal: work.signal,
    entangled,
  });
}

function lookThere(
  work: Work,
  roots: Roots,
  context: RunContext,
  entangled: ReadonlySet<number>,
  local: LocalFindings,
): Promise<RemoteFindings> {
  const unseen = allUnseen(work.journal);
  return discoverRemote({
    remote: work.remote,
    root: roots.remote,
    synced: work.journal.synced,
    ignoredBy: context.ignoredBy,
    maxFileSize: work.options.maxFileSize,
    // One that is here is joined first, so that it can leave when both are equal.
    isUnwanted: (path, id) =>
      unseen.some((known) => known.path === path || (id !== '' && known.remoteId === id)) &&
      observedAt(local.root, path)?.entry.kind !== 'folder',
    nameRules: { windows: work.options.windowsNames },
    parallel: work.options.parallel,
    signal: work.signal,
    entangled,
  });
}

/** A list that says what not to share and is not followed is worth more than a word. */
function unreadList({ isRead }: ExcludeList): readonly Finding[] {
  return isRead
    ? []
    : [{ path: joinSync(rootPath, nameKey(excludeFile)), code: 'localUnreadable', action: 'scan', data: {} }];
}

function clashesOf(plan: Plan): readonly Finding[] {
  return plan.waiting.flatMap((node): readonly Finding[] => {
    const code = clashOf(node);
    if (code === undefined) return [];
    const action = code === 'caseClash' || node.localAt === undefined ? 'list' : 'scan';
    return [{ path: goalPath(node), code, action, data: {} }];
  });
}

function clashOf({ held }: MergeNode): 'caseClash' | 'nameTaken' | undefined {
  return held === 'caseClash' || held === 'nameTaken' ? held : undefined;
}

/** A folder that was looked at on both sides and waits only for what is in it, or for the folder that it is in. */
function isHeldFolder({ kind, local, remote }: MergeNode): boolean {
  return kind === 'folder' && local.kind !== 'unknown' && remote.kind !== 'unknown';
}

function pathsOf(items: readonly PlanItem[], waiting: readonly MergeNode[]): ReadonlySet<SyncPath> {
  return new Set([...items.map((item) => goalPath(item.node)), ...waiting.map(goalPath)]);
}

function endOf(
  plan: Plan,
  results: ReadonlyMap<PlanItem, ItemResult>,
  young: readonly SyncPath[],
): Extract<PassEnd, { readonly kind: 'done' }> {
  const postponed = plan.items.filter((item) => results.get(item) === 'postponed');
  const again =
    postponed.length > 0 ||
    plan.items.some((item) => results.get(item) === 'done' && (!isNote(item) || isForgottenAlone(item)));
  const isTried = again || plan.items.some((item) => results.get(item) === 'failed');
  const stuck = isTried ? [] : plan.items.filter((item) => results.get(item) === 'blocked');
  return { kind: 'done', again, postponed, stuck, young };
}
