import type { NameKey } from '../model/paths.ts';
import type { SyncedTree } from '../model/synced-tree.ts';
import type { MergeNodes } from './build.ts';
import { conflictName } from './conflict-name.ts';
import { parentOf } from './existence.ts';
import { isUnwanted } from './leaving.ts';
import { actual, isNotHere, isPlace, type MergeNode, seenLocal, seenRemote } from './merge-node.ts';

/** How names meet on this computer, and how a version set aside is called. */
export interface NameRules {
  readonly ignoresCase: boolean;
  /** Two names are one when this gives the same text for both. */
  readonly fold: (name: NameKey) => string;
  readonly conflictLabel: string;
  /** ms since 1970, for names of conflict copies. */
  readonly now: number;
  /** Names in use that need no thought. */
  readonly synced: SyncedTree;
}

/**
 * Lets every name of a folder belong to one node. The same thing made on both sides is joined; otherwise the
 * server's keeps the name and this computer's is set aside under another, whatever kind they are.
 * Gives each folder's nodes in the order of a walk from the root.
 */
export function settleNames(merge: MergeNodes, rules: NameRules): MergeNode[] {
  const children = groupByParent(merge);
  const settled = new SettledNames(merge, rules);
  for (;;) {
    const waited = countWaiting(merge);
    const ordered = settleFolders(merge.root, children, settled, rules);
    // One that is left alone keeps the names that it has, wherever, which others may have been meant for.
    if (countWaiting(merge) === waited) return ordered;
  }
}

/** Settles the names of a folder and of all below it; gives what is in them, each once. */
function settleFolders(
  top: MergeNode,
  children: Children,
  settled: SettledNames,
  rules: NameRules,
): MergeNode[] {
  const ordered = new Set<MergeNode>();
  const queue: MergeNode[] = [top];
  for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
    settleFolder(folder, children, settled, rules);
    for (const child of children.get(folder) ?? []) {
      if (child.joined !== undefined || ordered.has(child)) continue;
      ordered.add(child);
      if (child.kind === 'folder') queue.push(child);
    }
  }
  return [...ordered];
}

function countWaiting({ nodes }: MergeNodes): number {
  let waiting = 0;
  for (const node of nodes) if (isWaiting(node)) waiting += 1;
  return waiting;
}

function settleFolder(folder: MergeNode, children: Children, settled: SettledNames, rules: NameRules): void {
  for (const group of groupByName(folder, children.get(folder) ?? [], rules).values()) {
    settleGroup(group, children, rules);
    for (const node of group) {
      if (settled.isTaken(folder, node)) giveWay(node, children);
      else if (settled.holds(folder, node)) clash(node, children);
    }
  }
}

function isWaiting(node: MergeNode): boolean {
  return node.fate === 'wait';
}

type Children = Map<MergeNode, Set<MergeNode>>;

function groupByParent(merge: MergeNodes): Children {
  const children: Children = new Map();
  for (const node of merge.nodes) {
    if (isWaiting(node)) addWhereItIs(node, children);
    else addTo(parentOf(node), node, children);
  }
  return children;
}

/** What is left alone has a name on each side, perhaps in two folders. */
function addWhereItIs(node: MergeNode, children: Children): void {
  for (const place of [node.localAt, node.remoteAt]) {
    if (place !== undefined) addTo(actual(place.parent), node, children);
  }
}

function addTo(folder: MergeNode | undefined, node: MergeNode, children: Children): void {
  if (folder === undefined) return;
  const siblings = children.get(folder);
  if (siblings === undefined) children.set(folder, new Set([node]));
  else siblings.add(node);
}

function groupByName(
  folder: MergeNode,
  nodes: Iterable<MergeNode>,
  rules: NameRules,
): Map<string, MergeNode[]> {
  const groups = new Map<string, MergeNode[]>();
  for (const node of nodes) {
    if (node.joined !== undefined) continue;
    for (const name of new Set(namesIn(folder, node).map((taken) => rules.fold(taken)))) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [node]);
      else group.push(node);
    }
  }
  return groups;
}

/**
 * The names that a node takes: the one that it shall have, or, left alone, the one that it has on each side. One
 * that this disk can't have beside another takes no place on it.
 */
function namesIn(folder: MergeNode, node: MergeNode): NameKey[] {
  if (node.stays || isNotHere(node)) return node.goal === undefined ? [] : [node.goal.name];
  if (!isWaiting(node)) return [];
  return [node.localAt, node.held === 'caseClash' ? undefined : node.remoteAt].flatMap((place) =>
    place !== undefined && actual(place.parent) === folder ? [place.name] : [],
  );
}

function settleGroup(group: readonly MergeNode[], children: Children, rules: NameRules): void {
  if (group.length < 2) return;
  const waiting = group.find((node) => node.fate === 'wait');
  const winner = waiting ?? group.find(isOnBoth) ?? group.find(isThere) ?? group[0];
  for (const node of group) {
    if (node === winner || winner === undefined || isNotHere(node)) continue;
    // Only what is here, or is made here, is in the way of a name that would be taken when it is wanted again.
    if (isNotHere(winner) && node.localAt === undefined) continue;
    if (waiting?.held === 'caseClash') clash(node, children);
    else if (waiting?.held === 'overLimit') giveWay(node, children);
    else if (waiting !== undefined) leaveAlone(node, children);
    else if (canJoin(winner, node)) join(winner, node, children);
    else if (node.localAt !== undefined) setAside(node, children, rules);
    else clash(node, children);
  }
}

/** Whether both sides have it in the place that it shall have: it is not disturbed by one that only looks alike here. */
function isOnBoth(node: MergeNode): boolean {
  return isThere(node) && isPlace(node.localAt, node.goal);
}

/** Whether the server has it in the place that it shall have. */
function isThere(node: MergeNode): boolean {
  const { goal, remoteAt } = node;
  return (
    goal !== undefined &&
    remoteAt !== undefined &&
    actual(remoteAt.parent) === actual(goal.parent) &&
    remoteAt.name === goal.name
  );
}

/** One was made there, the other here, under the same name. A folder that is not wanted here stays the server's alone. */
function canJoin(remote: MergeNode, local: MergeNode): boolean {
  return (
    remote.kind === local.kind &&
    !isUnwanted(remote) &&
    remote.goal?.name === local.goal?.name &&
    remote.remote.kind === 'seen' &&
    remote.local.kind === 'absent' &&
    local.local.kind === 'seen' &&
    local.remote.kind === 'absent' &&
    local.row === undefined
  );
}

function join(remote: MergeNode, local: MergeNode, children: Children): void {
  remote.local = local.local;
  remote.localAt = local.localAt;
  remote.fate = remote.kind === 'file' ? 'resolve' : 'create';
  remote.stays = true;
  local.joined = remote;
  const moved = children.get(local) ?? [];
  children.delete(local);
  children.set(remote, new Set([...(children.get(remote) ?? []), ...moved]));
}

function setAside(node: MergeNode, children: Children, rules: NameRules): void {
  if (node.goal === undefined) return;
  const parent = actual(node.goal.parent);
  const taken = new Set(
    [...(children.get(parent) ?? [])].flatMap((sibling) =>
      [sibling.goal, sibling.localAt, sibling.remoteAt].flatMap((place) =>
        place === undefined ? [] : [rules.fold(place.name)],
      ),
    ),
  );
  node.asideFrom = node.goal.name;
  const isTaken = (name: NameKey): boolean =>
    taken.has(rules.fold(name)) ||
    (parent.row !== undefined && rules.synced.child(parent.row.row, name) !== undefined);
  const name = conflictName(node.goal.name, rules.conflictLabel, rules.now, isTaken);
  node.goal = { parent, name };
}

/** Two names on the server that this computer can't tell apart: the one that is here already stays the only one. */
function clash(node: MergeNode, children: Children): void {
  node.held = 'caseClash';
  leaveAlone(node, children);
}

/** Its name belongs to something that is left out: it waits until one of the two has another. */
function giveWay(node: MergeNode, children: Children): void {
  node.held = 'nameTaken';
  leaveAlone(node, children);
}

/** Names of nodes that need no thought, and that differ from a new one only in ways that this disk can't see. */
class SettledNames {
  readonly #rules: NameRules;
  readonly #thoughtOf: ReadonlySet<number>;
  readonly #folded = new Map<MergeNode, ReadonlyMap<string, NameKey>>();

  constructor(merge: MergeNodes, rules: NameRules) {
    this.#rules = rules;
    this.#thoughtOf = new Set([...merge.nodes].flatMap((node) => node.row?.row ?? []));
  }

  holds(folder: MergeNode, node: MergeNode): boolean {
    const { goal, joined, localAt, stays } = node;
    if (!this.#rules.ignoresCase || goal === undefined || joined !== undefined || !stays) return false;
    if (isNotHere(node)) return false;
    if (isPlace(localAt, goal)) return false;
    const taken = this.#namesIn(folder).get(this.#rules.fold(goal.name));
    return taken !== undefined && taken !== goal.name;
  }

  /** Whether something that is left out has the name on a side where this one would have to get it. */
  isTaken(folder: MergeNode, node: MergeNode): boolean {
    const { goal, joined, stays } = node;
    if (goal === undefined || joined !== undefined || !stays || isNotHere(node)) return false;
    if (seenRemote(folder)?.takenNames?.has(goal.name)) return true;
    const here = seenLocal(folder)?.takenNames;
    if (here === undefined || !this.#rules.ignoresCase) return here?.has(goal.name) ?? false;
    return [...here].some((name) => this.#rules.fold(name) === this.#rules.fold(goal.name));
  }

  #namesIn(folder: MergeNode): ReadonlyMap<string, NameKey> {
    const known = this.#folded.get(folder);
    if (known !== undefined) return known;
    const names = new Map<string, NameKey>();
    for (const child of folder.row === undefined ? [] : this.#rules.synced.children(folder.row.row)) {
      if (!this.#thoughtOf.has(child.row)) names.set(this.#rules.fold(child.name), child.name);
    }
    this.#folded.set(folder, names);
    return names;
  }
}

function leaveAlone(node: MergeNode, children: Children): void {
  node.fate = 'wait';
  node.goal = undefined;
  node.stays = false;
  addWhereItIs(node, children);
}
