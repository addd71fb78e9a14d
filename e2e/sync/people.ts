import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isOwnName } from '../../main/sync/discover/own-names.ts';
import type { Chance } from '../simulate/chance.ts';
import type { Ledger } from '../simulate/ledger.ts';
import type { DavUser } from './dav-user.ts';

const plain = ['plan.txt', 'notes.md', 'budget.ods', 'photo 1.jpg', 'a', 'b', 'annexe', 'été'] as const;
/** The same but for capitals. */
const alike = ['Plan.txt', 'PLAN.TXT', 'Annexe', 'A', 'Été'] as const;
const deepest = 3;
/** From so many on the engine would ask whether they are to be deleted. */
const manyFiles = 8;
const usualEdits = ['create', 'create', 'save', 'save', 'rename', 'rename', 'remove'] as const;
const rareEdits = ['makeFolder', 'touch', 'recase'] as const;
const errnos = new Set(['ENOENT', 'EEXIST', 'ENOTEMPTY', 'ENOTDIR', 'EISDIR']);

export interface Habits {
  /** Gives names that differ from others only in capitals, and spells letters with accents as some systems do (NFD). */
  readonly alikeNames?: boolean;
  /** Names of its own, so that two people never name two things the same by chance. */
  readonly mark: string;
}

/**
 * Someone who edits a folder of this disk while engines work on it. What an edit does away with is taken out of the
 * folder in one step and read only then, so that it is excused in exactly the version that the person had.
 */
export class Colleague {
  readonly #folder: string;
  readonly #attic: string;
  readonly #ledger: Ledger;
  readonly #chance: Chance;
  readonly #habits: Habits;
  #count = 0;

  /** @param attic a folder of the same disk, beside the synced one */
  constructor(folder: string, attic: string, ledger: Ledger, chance: Chance, habits: Habits) {
    this.#folder = folder;
    this.#attic = attic;
    this.#ledger = ledger;
    this.#chance = chance;
    this.#habits = habits;
    for (const path of [folder, attic]) mkdirSync(path, { recursive: true });
  }

  /** Does one thing; what is not there any more, or is there already, is let be. */
  act(): void {
    const edit = this.#chance.percent(80) ? this.#chance.pick(usualEdits) : this.#chance.pick(rareEdits);
    try {
      this[edit]();
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
  }

  create(): void {
    const path = join(this.#anyFolder(), this.#name());
    this.#place(this.#ledger.create(10 + this.#chance.below(3000)), path);
  }

  /** As programs do: the new version under another name, the old one out of the way, the new one in its place. */
  save(): void {
    const path = this.#any('file');
    if (path === undefined) return;
    this.#throwAway(path);
    this.#place(this.#ledger.create(10 + this.#chance.below(3000)), path);
  }

  rename(): void {
    const path = this.#any(this.#chance.percent(60) ? 'file' : 'folder');
    if (path === undefined) return;
    const to = join(this.#anyFolder(), `${this.#unique()} ${this.#name()}`);
    if (!`${to}/`.startsWith(`${path}/`) && !existsSync(to)) renameSync(path, to);
  }

  remove(): void {
    const path = this.#any(this.#chance.percent(80) ? 'file' : 'folder');
    if (path !== undefined && contentsOf(path).length < manyFiles) this.#throwAway(path);
  }

  makeFolder(): void {
    mkdirSync(join(this.#anyFolder(), this.#name()));
  }

  touch(): void {
    const path = this.#any('file');
    const time = Date.now() / 1000 - 3 - this.#chance.below(100_000);
    if (path !== undefined) utimesSync(path, time, time);
  }

  /** Changes capitals only. */
  recase(): void {
    const path = this.#any('file');
    if (path === undefined || this.#habits.alikeNames !== true) return;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const other = join(dirname(path), name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase());
    if (other === path) return;
    linkSync(path, other);
    unlinkSync(path);
  }

  /**
   * Does what a clash of names asks for: where a person and an engine gave two files in the same instant one name in two
   * spellings (NFC, NFD), which this disk takes, one of them gets another name. False where there are none.
   */
  tellApart(): boolean {
    const seen = new Set<string>();
    const again = walk(this.#folder, 'file').find((path) => {
      const isSecond = seen.has(path.normalize('NFC'));
      seen.add(path.normalize('NFC'));
      return isSecond;
    });
    if (again !== undefined) renameSync(again, join(dirname(again), `${this.#unique()}.txt`));
    return again !== undefined;
  }

  #throwAway(path: string): void {
    const taken = join(this.#attic, this.#unique());
    renameSync(path, taken);
    for (const content of contentsOf(taken)) this.#ledger.excuse(content);
  }

  /** Never replaces what came there meanwhile: then it gets a name that is free. */
  #place(content: Uint8Array, path: string): void {
    const made = join(this.#attic, this.#unique());
    writeFileSync(made, content);
    const time = Date.now() / 1000 - 3 - this.#chance.below(100_000);
    utimesSync(made, time, time);
    try {
      linkSync(made, path);
    } catch (error) {
      if (!isPassing(error)) throw error;
      linkSync(made, join(this.#folder, `${this.#unique()}.txt`));
    }
    // A second name changes the file's stamp: the person's copy elsewhere must not be the same file.
    unlinkSync(made);
  }

  #any(kind: 'file' | 'folder'): string | undefined {
    const found = walk(this.#folder, kind);
    return found.length === 0 ? undefined : found[this.#chance.below(found.length)];
  }

  #anyFolder(): string {
    const depthOf = (path: string): number => path.slice(this.#folder.length).split('/').length - 1;
    const folders = walk(this.#folder, 'folder').filter((path) => depthOf(path) < deepest);
    return [this.#folder, ...folders][this.#chance.below(folders.length + 1)] ?? this.#folder;
  }

  #name(): string {
    if (this.#habits.alikeNames === true && this.#chance.percent(40)) return this.#chance.pick(alike);
    const name = this.#chance.pick(plain);
    if (this.#chance.percent(30)) return name;
    const marked = `${this.#unique()}-${name}`;
    // Nobody sees the difference, so nobody gives one folder the same name in both spellings.
    return this.#habits.alikeNames === true ? marked.normalize('NFD') : marked;
  }

  #unique(): string {
    this.#count += 1;
    return `${this.#habits.mark}${this.#count}`;
  }
}

/** Someone who works on the server by its web page: changes only the version that was looked at. */
export class WebColleague {
  readonly #user: DavUser;
  readonly #ledger: Ledger;
  readonly #chance: Chance;
  #count = 0;

  constructor(user: DavUser, ledger: Ledger, chance: Chance) {
    this.#user = user;
    this.#ledger = ledger;
    this.#chance = chance;
  }

  /** Does one thing; one that the server refuses since somebody was faster is let be. */
  async act(): Promise<void> {
    const entries = (await this.#user.list()).filter(({ path }) => path !== '');
    const files = entries.filter(({ isFolder }) => !isFolder);
    const folders = ['', ...entries.filter(({ isFolder }) => isFolder).map(({ path }) => path)];
    const file = files[this.#chance.below(Math.max(1, files.length))];
    const folder = folders[this.#chance.below(folders.length)] ?? '';
    this.#count += 1;
    const target = `${folder === '' ? '' : `${folder}/`}web ${this.#count}.txt`;
    const choice = this.#chance.below(10);
    if (choice < 3 || file === undefined) await this.#create(target);
    else if (choice < 6) await this.#overwrite(file.path);
    else if (choice < 8) await this.#user.attempt('MOVE', file.path, { to: target });
    else if (choice < 9) await this.#remove(file.path);
    else await this.#user.attempt('MKCOL', `${target} folder`, {});
  }

  async #create(path: string): Promise<void> {
    const content = this.#ledger.create(10 + this.#chance.below(3000));
    const isDone = await this.#user.attempt('PUT', path, { body: content, isNew: true });
    if (!isDone) this.#ledger.excuse(content);
  }

  async #overwrite(path: string): Promise<void> {
    const seen = await this.#user.see(path);
    if (seen === undefined) return;
    const content = this.#ledger.create(seen.content.length + 1 + this.#chance.below(200));
    const isDone = await this.#user.attempt('PUT', path, { body: content, etag: seen.etag });
    this.#ledger.excuse(isDone ? seen.content : content);
  }

  async #remove(path: string): Promise<void> {
    const seen = await this.#user.see(path);
    if (seen !== undefined && (await this.#user.attempt('DELETE', path, { etag: seen.etag })))
      this.#ledger.excuse(seen.content);
  }
}

/** Every content in a file, or in a folder and all below it. */
export function contentsOf(path: string): Uint8Array[] {
  if (!statSync(path).isDirectory()) return [readFileSync(path)];
  return readdirSync(path).flatMap((name) => contentsOf(join(path, name)));
}

/** Everything below a folder but what sync programs keep there for themselves. */
function walk(folder: string, kind: 'file' | 'folder'): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (isOwnName(entry.name) || /^\.(?:_?sync_|nextcloudsync|owncloudsync)/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory() === (kind === 'folder')) found.push(path);
    if (entry.isDirectory()) found.push(...walk(path, kind));
  }
  return found;
}

/** What an engine or another person did in the same moment. */
function isPassing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && errnos.has(String(error.code));
}
