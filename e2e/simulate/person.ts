import { isOwnName } from '../../main/sync/discover/own-names.ts';
import type { MemoryDisk } from '../../main/sync/testing/memory-disk.ts';
import type { MemoryServer, Rights } from '../../main/sync/testing/memory-server.ts';
import type { Edit, Meddling } from './history.ts';
import type { Ledger } from './ledger.ts';
import { localSide } from './local-side.ts';
import { remoteSide } from './remote-side.ts';
import { listPath, type Side, type Trace, traced } from './side.ts';

export interface Person {
  act(edit: Edit): void;
  /** Does something to a certain file, if it is one and somebody's. */
  meddle(path: string, meddling: Meddling): void;
  /** Puts a file where nothing is, if there is a folder for it. */
  intrude(path: string): void;
}

interface Surroundings {
  readonly disk: MemoryDisk;
  readonly server: MemoryServer;
  readonly ledger: Ledger;
}

const longName = `${'long '.repeat(45)}name.txt`;
const names = ['a', 'b', 'c', 'd.txt', 'é', 'f.odt', longName];
/** Names that are left alone: always, by rules that a history may have. */
const oddNames = ['x.part', '~$a', 'Thumbs.db', 'plan.bak', 'tmp'];
/** What people write into the list of what is left alone. */
export const lists = ['', 'b', 'c/', '*.txt', 'é', 'd.txt\nf.odt', 'a/b\nb/*.txt', '/c/'];
const oddTimes = [0, -1, -86_400 * 365 * 50, 1, 4_102_444_800, 253_402_300_799];
/** What others let one do with what they share, when it is not everything. */
const lessRights: readonly Rights[] = ['read', 'add', 'remove'];
const deepest = 4;

/** Someone at this computer. */
export function localPerson(world: Surroundings, root: string, trace: Trace): Person {
  return personOn(traced(localSide(world.disk, root), 'here', trace), world.ledger);
}

/** Someone who works on the server. */
export function remotePerson(world: Surroundings, trace: Trace): Person {
  return personOn(traced(remoteSide(world.server), 'there', trace), world.ledger);
}

function personOn(side: Side, ledger: Ledger): Person {
  const acts: Record<Edit['kind'], (edit: Edit) => void> = {
    create: (edit) => create(side, ledger, edit),
    overwrite: ({ a, b, c }) =>
      withFile(side, a, (path) => overwrite(side, ledger, path, b % 150, c % 4 === 0)),
    overwriteInPlace: ({ a }) =>
      withFile(side, a, (path) => overwrite(side, ledger, path, side.read(path).length, true)),
    remove: ({ a }) => withAny(side, a, (path) => remove(side, ledger, path)),
    rename: ({ a, b, c }) =>
      withAny(side, a, (path) => rename(side, ledger, path, placeFor(side, b, c), false)),
    replaceByRename: ({ a, b }) =>
      withFile(side, a, (path) => withFile(side, b, (target) => rename(side, ledger, path, target, true))),
    swap: ({ a, b }) => withAny(side, a, (one) => withAny(side, b, (other) => swap(side, one, other))),
    makeFolder: ({ a, b }) => {
      const path = placeFor(side, a, b);
      if (!side.exists(path)) side.makeFolder(path);
    },
    makeFilledFolder: (edit) => makeFilledFolder(side, ledger, edit),
    keepOpen: ({ a }) => withFile(side, a, (path) => side.keepOpen(path)),
    writeOpen: ({ a }) =>
      side.writeOpen((before) => {
        ledger.excuse(before);
        return ledger.create(a % 150);
      }),
    touch: ({ a }) => withFile(side, a, (path) => side.touch(path)),
    retype: (edit) => withAny(side, edit.a, (path) => retype(side, ledger, path)),
    changeCase: ({ a }) => withAny(side, a, (path) => rename(side, ledger, path, otherCase(path), false)),
    oddTime: ({ a, b }) =>
      withFile(side, a, (path) => side.setTime(path, oddTimes[b % oddTimes.length] ?? 0)),
    sameId: ({ a, b, c }) =>
      withFile(side, a, (like) => {
        const path = placeFor(side, b, c);
        if (!side.exists(path)) side.writeLike(path, like, ledger.create(30));
      }),
    ...oddActs(side, ledger),
  };
  return {
    act: (edit) => acts[edit.kind](edit),
    intrude: (path) => {
      const folder = path.slice(0, path.lastIndexOf('/'));
      if (side.folders().includes(folder) && !side.exists(path)) side.write(path, ledger.create(30), false);
    },
    meddle: (path, { kind, a }) => {
      const isOwn = path.split('/').some(isOwnName);
      if (isOwn || !side.exists(path) || !side.isFile(path)) return;
      if (kind === 'remove') remove(side, ledger, path);
      else if (kind === 'rename') rename(side, ledger, path, placeFor(side, a, a >> 8), false);
      else
        overwrite(
          side,
          ledger,
          path,
          kind === 'overwrite' ? a % 150 : side.read(path).length,
          kind !== 'overwrite',
        );
    },
  };
}

type OddKind = 'oddName' | 'writeList' | 'shareLess' | 'unshare' | 'misstate' | 'editBoth';

/** What happens in few histories. */
function oddActs(side: Side, ledger: Ledger): Record<OddKind, (edit: Edit) => void> {
  return {
    oddName: (edit) => makeOdd(side, ledger, edit),
    writeList: ({ a }) => {
      const isHidden = !side.exists('');
      if (isHidden || (side.exists(listPath) && !side.isFile(listPath))) return;
      if (side.exists(listPath)) ledger.excuse(side.read(listPath));
      side.write(listPath, ledger.createAfter(pick(lists, a) ?? ''), false);
    },
    shareLess: ({ a, b, c }) =>
      withFolder(side, a, (path) =>
        side.share(path, lessRights[c % lessRights.length] ?? 'read', b % 2 === 0),
      ),
    unshare: ({ a }) => withFolder(side, a, (path) => side.share(path, 'all', true)),
    misstate: ({ a, b, c }) => {
      const path = c % 2 === 0 ? (pick(side.files(), a) ?? '') : placeFor(side, a, b);
      if (path === '' || (side.exists(path) && !side.isFile(path))) return;
      if (side.exists(path)) ledger.excuse(side.read(path));
      side.misstate(path, ledger.create(8 + (c % 200)));
    },
    // The world knows both sides.
    editBoth: () => undefined,
  };
}

function create(side: Side, ledger: Ledger, { a, b, c }: Edit): void {
  const path = placeFor(side, a, b);
  if (!side.exists(path)) side.write(side.spell(path, c >> 8), ledger.create(8 + (c % 300)), false);
}

function makeFilledFolder(side: Side, ledger: Ledger, { a, b, c }: Edit): void {
  const folder = placeFor(side, a, b);
  if (side.exists(folder)) return;
  side.makeFolder(folder);
  for (const name of names.slice(0, 1 + (c % names.length)))
    side.write(`${folder}/${name}`, ledger.create(8 + ((c >> 8) % 100)), false);
}

function makeOdd(side: Side, ledger: Ledger, { a, b, c }: Edit): void {
  const folder = placeFor(side, a, 0).slice(0, -1);
  const path = `${folder}${pick(oddNames, b) ?? ''}`;
  if (side.exists(path)) return;
  if (c % 3 === 0) withAny(side, c >> 8, (from) => rename(side, ledger, from, path, false));
  else if (c % 3 === 1 && depthOf(path) < deepest) {
    side.makeFolder(path);
    side.write(`${path}/a`, ledger.create(20), false);
  } else side.write(path, ledger.create(20), false);
}

function overwrite(side: Side, ledger: Ledger, path: string, length: number, keepTime: boolean): void {
  ledger.excuse(side.read(path));
  side.write(path, ledger.create(length), keepTime);
}

function remove(side: Side, ledger: Ledger, path: string): void {
  for (const content of side.contents(path)) ledger.excuse(content);
  side.remove(path);
}

function rename(side: Side, ledger: Ledger, from: string, to: string, replace: boolean): void {
  if (from === to || `${to}/`.startsWith(`${from}/`) || depthOf(to) > deepest + 2) return;
  if (side.exists(to)) {
    if (!replace || !side.isFile(to)) return;
    ledger.excuse(side.read(to));
    side.remove(to);
  }
  side.rename(from, to);
}

function swap(side: Side, one: string, other: string): void {
  const isNested = `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
  if (isNested) return;
  const between = `${one}-swapping`;
  if (side.exists(between)) return;
  side.rename(one, between);
  side.rename(other, one);
  side.rename(between, other);
}

function retype(side: Side, ledger: Ledger, path: string): void {
  const wasFile = side.isFile(path);
  remove(side, ledger, path);
  if (wasFile) side.makeFolder(path);
  else side.write(path, ledger.create(20), false);
}

function otherCase(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  const name = path.slice(slash);
  return path.slice(0, slash) + (name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase());
}

function withFile(side: Side, choice: number, act: (path: string) => void): void {
  const path = pick(side.files(), choice);
  if (path !== undefined) act(path);
}

function withFolder(side: Side, choice: number, act: (path: string) => void): void {
  const path = pick(side.folders(), choice);
  if (path !== undefined) act(path);
}

function withAny(side: Side, choice: number, act: (path: string) => void): void {
  const path = pick([...side.files(), ...side.folders()], choice);
  if (path !== undefined) act(path);
}

function placeFor(side: Side, folderChoice: number, nameChoice: number): string {
  const folders = ['', ...side.folders().filter((path) => depthOf(path) < deepest)];
  return `${pick(folders, folderChoice) ?? ''}/${pick(names, nameChoice) ?? 'x'}`;
}

function depthOf(path: string): number {
  return path.split('/').length - 1;
}

function pick(items: readonly string[], choice: number): string | undefined {
  return items.length === 0 ? undefined : items[choice % items.length];
}
