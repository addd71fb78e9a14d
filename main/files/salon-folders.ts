import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { NoticeCode } from '../../preload/contract/file-states.ts';
import type { FilesOverview, SalonFolder } from '../../preload/contract/files.ts';
import type { FilesAccess } from '../accounts/accounts.ts';
import { AppError } from '../contract/app-error.ts';
import type { Guard, SyncEvent } from '../sync/api.ts';
import { guardAnswer } from './activity.ts';
import { ConflictBook } from './conflict-book.ts';
import { countBelow } from './count.ts';
import { Dav } from './dav.ts';
import { describeFolder } from './describe-folder.ts';
import { remoteOf } from './files-certificate.ts';
import type { ChosenFolder, FilesState, FollowedSalon, KnownPair } from './files-state.ts';
import { FolderFinder } from './folder-finder.ts';
import type { FolderPlace } from './folder-place.ts';
import { journalFile, removeJournal } from './journal-files.ts';
import {
  chosenPairId,
  firstFileIds,
  type KeptFolder,
  keptFolders,
  withChosen,
  withFound,
  withoutChosen,
} from './kept-folders.ts';
import { chooseLocalName, SALONS } from './local-names.ts';
import { locateFolders } from './locate.ts';
import { OpenPairs } from './open-pairs.ts';
import type { PairConfig } from './protocol.ts';
import type { SalonFolderParts } from './salon-folder-parts.ts';
import { soon } from './soon.ts';
import { type Taken, takenBy } from './taken.ts';
import { unawaited } from './unawaited.ts';

const GATHER_MS = 100;

/**
 * Keeps each salon's folder synced, and those that the person chose beside them. What should be open follows from what may
 * change at any time: the salons that the chat knows, the chosen folders, the account, and the place; `#settle` compares
 * it with what is open and does the difference.
 */
export class SalonFolders {
  /** Files in two versions. */
  readonly conflicts: ConflictBook;
  readonly #parts: SalonFolderParts;
  readonly #pairs: OpenPairs;
  readonly #finder: FolderFinder;
  /** Pairs that the server says are not among the person's files. */
  readonly #gone = new Set<string>();
  readonly #touched = new Set<string>();
  readonly #tell = soon(() => this.#tellNow(), GATHER_MS);
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: SalonFolderParts) {
    this.#parts = parts;
    this.#pairs = new OpenPairs(parts.engine, parts.conditions, parts.log);
    this.conflicts = new ConflictBook({
      pairOf: (salonId) => this.placeOf(salonId).pairId,
      pairs: this.#pairs,
      known: (pairId) => this.#state.pairs[pairId],
      remember: (pairId, known) => this.#remember(pairId, known),
      tell: () => this.#tell.wish(),
    });
    this.#finder = new FolderFinder({
      locate: (ids) => this.#locate(ids),
      onAnswer: (found) => unawaited(this.#found(found), parts.log, 'folders.not-found'),
      onFailure: (error) => {
        parts.log.info('folders.not-located', {}, error);
        this.#tell.wish();
      },
    });
    parts.engine.onEvent((event) => this.#take(event));
    parts.engine.onFresh(() => {
      this.#pairs.forgetAll();
      this.#settle();
    });
    unawaited(this.accountChanged(), parts.log, 'folders.not-begun');
  }

  /** The salons and their folders, as the chat knows them now. */
  async follow(salons: readonly FollowedSalon[]): Promise<void> {
    if (isDeepStrictEqual(salons, this.#state.salons)) return;
    await this.#change({ salons: [...salons] });
    this.#settle();
  }

  /** A session began or expired: folders stay where they are, on disk nothing is touched. */
  async accountChanged(): Promise<void> {
    const access = this.#parts.access();
    this.#gone.clear();
    if (access) await this.#change({ owner: { server: access.serverUrl, userId: access.userId } });
    this.#finder.now();
    this.#settle();
  }

  /**
   * Takes the place once and for all; answers the one in use. With `none` each salon's folder is online only at
   * first, also one that comes later: a person chooses what is kept here.
   */
  async choosePlace(place: string, keep: 'all' | 'none'): Promise<string> {
    const taken = this.#work.then(() => this.#takePlace(place, keep));
    // Its failure is told to whoever chose.
    this.#work = taken.catch(() => undefined);
    await taken;
    this.#settle();
    return this.#state.place ?? place;
  }

  async setPaused(paused: boolean, pausedUntil: number | null = null): Promise<void> {
    await this.#change({ paused, pausedUntil });
    await this.#pairs.setPaused(paused);
    this.#tell.wish();
  }

  /** Works although the rules say to pause, until what they pause for is over. */
  async overrule(): Promise<void> {
    await this.#pairs.overrule();
  }

  /** Everything the page shows of the folders. */
  overview(): FilesOverview {
    const { place, paused, pausedUntil } = this.#state;
    const { suggestedPlace, mayAdd, spaceLimit, lowRoom } = this.#parts;
    const folders = this.#folders.map((folder) => this.#describe(folder));
    const told = { mayAdd: mayAdd(), spaceLimit: spaceLimit(), room: lowRoom(), folders };
    return { place, suggestedPlace: suggestedPlace(), paused, pausedUntil, ...told };
  }

  /** Where a folder is. Throws `not-found.folder`, or `not-found.place` while none was chosen. */
  placeOf(folderId: string): FolderPlace {
    const pairId = this.#folders.find(({ id }) => id === folderId)?.pairId;
    const known = pairId === undefined ? undefined : this.#state.pairs[pairId];
    if (this.#state.place === null) throw new AppError('not-found.place');
    if (pairId === undefined || !known) throw new AppError('not-found.folder');
    return {
      pairId,
      localDir: this.#localDir(this.#state.place, known),
      remotePath: known.remotePath,
      unwanted: known.unwanted,
      report: this.#pairs.reportOf(pairId),
    };
  }

  /** Where each folder is that is synced, once, with the first salon whose folder it is. */
  places(): { readonly salonId: string; readonly place: FolderPlace }[] {
    const open = Object.keys(this.#state.pairs).filter((pairId) => this.#pairs.reportOf(pairId) !== null);
    return open.flatMap((pairId) => {
      const [salonId] = this.foldersOf(pairId);
      return salonId === undefined ? [] : [{ salonId, place: this.placeOf(salonId) }];
    });
  }

  /** Path of an open pair's folder in the person's files. */
  rootPathOf(pairId: string): string | null {
    return this.#pairs.rootPathOf(pairId);
  }

  /** The file ids of the salons' folders on the account's server that come to this PC by themselves. */
  readonly firstFileIds = (): string[] => firstFileIds(this.#folders, this.#parts.comesAtFirst);

  /** The folders of a pair: more than one when salons share theirs. */
  foldersOf(pairId: string): string[] {
    return this.#folders.filter((folder) => folder.pairId === pairId).map(({ id }) => id);
  }

  /** What a folder that is to be kept equal too may not meet. */
  taken(): Taken {
    return takenBy(this.#state, this.#gone, (place, known) => this.#localDir(place, known));
  }

  /** Keeps another folder of the person's equal, at a place of its own on this PC. */
  async addChosen(chosen: ChosenFolder, localPath: string, remotePath: string): Promise<void> {
    await this.#change(withChosen(this.#state, chosen, localPath, remotePath));
    this.#settle();
  }

  /** Lets a chosen folder go, with all that is known of it; what is in it on either side stays as it is. */
  async removeChosen(folderId: string): Promise<void> {
    const pairId = chosenPairId(folderId);
    await this.#change(withoutChosen(this.#state, folderId));
    this.#settle();
    await this.#work;
    this.#gone.delete(pairId);
    await this.#parts.notices.forget(pairId);
    await removeJournal(this.#parts.journals, pairId);
  }

  /** From now on these folders of a pair are not wanted on this PC, and all others are; `''` is all of it. */
  async choose(pairId: string, unwanted: readonly string[]): Promise<void> {
    const known = this.#state.pairs[pairId];
    if (known) await this.#remember(pairId, { ...known, unwanted: [...unwanted] });
    this.#settle();
  }

  /** Tries again at once: one path, or the whole folder. */
  async retry(salonId: string, path: string | null): Promise<void> {
    this.#finder.now();
    const { pairId, report } = this.placeOf(salonId);
    if (!report) return;
    await this.#pairs.tolerant(
      path === null ? { type: 'syncNow', pair: pairId } : { type: 'retry', pair: pairId, path },
    );
  }

  /** Tells the engine what the person decided about a folder that asked before deleting. Throws `changed.guard`. */
  async decideGuard(salonId: string, guardId: string, decision: 'delete' | 'restore'): Promise<void> {
    const { pairId, report } = this.placeOf(salonId);
    const guard = report?.state.kind === 'guarded' ? report.state.guard : undefined;
    if (guard?.id !== guardId) throw new AppError('changed.guard');
    const { id, reason } = guard;
    const type = guardAnswer(reason, decision);
    if (type === null) throw new AppError('invalid.request');
    await this.#pairs.tolerant({ type, pair: pairId, guard: id });
  }

  /** The person has read a notice. */
  async dismissNotice(salonId: string, code: NoticeCode): Promise<void> {
    await this.#parts.notices.dismiss(this.placeOf(salonId).pairId, code);
    this.#tell.wish();
  }

  /** Ends the session's part: nothing is known of the salons any more, but each folder keeps its name and place. */
  async forgetSalons(): Promise<void> {
    await this.#change({ salons: [], owner: null });
    await this.#parts.notices.forgetAll();
    this.#settle();
    await this.#work;
  }

  /** Does nothing more, and resolves when nothing is being written any more; the engine is stopped by who made it. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#finder.close();
    this.#tell.cancel();
    await this.#parts.state.settled();
  }

  get #state(): FilesState {
    return this.#parts.state.value;
  }

  get #folders(): KeptFolder[] {
    return keptFolders(this.#state);
  }

  #settle(): void {
    this.#work = this.#work
      .then(() => (this.#closed ? undefined : this.#settleNow()))
      .catch((error: unknown) => {
        this.#parts.log.error('folders.not-settled', {}, error);
      });
  }

  async #settleNow(): Promise<void> {
    await this.#nameFolders();
    const { wanted, unknown } = this.#wanted();
    await this.#pairs.become(wanted, this.#state);
    this.#finder.want(unknown);
    this.#tell.wish();
  }

  async #takePlace(place: string, keep: FilesState['keep']): Promise<void> {
    if (this.#state.place !== null) return;
    await this.#change({ place, keep });
    await this.#nameFolders();
  }

  /** Gives every salon's folder a name on this PC, once. */
  async #nameFolders(): Promise<void> {
    const { place, salons, keep } = this.#state;
    if (place === null) return;
    for (const { id, pairId } of this.#folders) {
      const salon = salons.find(({ salonId }) => salonId === id);
      if (!salon || pairId === undefined || this.#state.pairs[pairId]) continue;
      const taken = Object.values(this.#state.pairs).flatMap((pair) =>
        pair.localPath === null ? [pair.localName] : [],
      );
      const localName = await chooseLocalName(place, salon.folder.name, taken);
      await this.#remember(pairId, {
        localName,
        localPath: null,
        remotePath: null,
        settledCopies: [],
        unwanted: keep === 'all' && this.#parts.comesAtFirst(salon.name) ? [] : [''],
      });
    }
  }

  /** What should be open, and the file ids of folders whose path is not known yet. */
  #wanted(): { wanted: Map<string, PairConfig>; unknown: Set<string> } {
    const wanted = new Map<string, PairConfig>();
    const unknown = new Set<string>();
    const access = this.#parts.access();
    const { place, pairs } = this.#state;
    if (!access || place === null) return { wanted, unknown };
    for (const { pairId: id, fileId } of this.#folders) {
      const known = id === undefined ? undefined : pairs[id];
      if (id === undefined || !known || this.#gone.has(id)) continue;
      if (known.remotePath === null) unknown.add(fileId);
      else wanted.set(id, this.#configOf(id, access, place, known, known.remotePath));
    }
    return { wanted, unknown };
  }

  #configOf(id: string, access: FilesAccess, place: string, known: KnownPair, rootPath: string): PairConfig {
    return {
      id,
      remote: remoteOf(access, rootPath, this.#parts.certificate()),
      localDir: this.#localDir(place, known),
      journalPath: journalFile(this.#parts.journals, id),
      options: { ...this.#parts.pairOptions(), unwanted: [...known.unwanted] },
    };
  }

  #localDir(place: string, { localName, localPath }: KnownPair): string {
    return localPath ?? join(place, SALONS, localName);
  }

  #locate(fileIds: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    const access = this.#parts.access();
    if (!access) throw new AppError('not-signed-in.files');
    return locateFolders(new Dav(this.#parts.http, access), fileIds);
  }

  async #found(found: ReadonlyMap<string, string | null>): Promise<void> {
    const { gone, ...located } = withFound(this.#state, found);
    for (const pairId of gone) this.#gone.add(pairId);
    await this.#change(located);
    this.#settle();
  }

  #take(event: SyncEvent): void {
    const aside = (work: Promise<unknown>): void => unawaited(work, this.#parts.log, 'folders.not-followed');
    const folderIds = this.#pairs.take(event) ? this.foldersOf(event.pair) : [];
    for (const id of folderIds) this.#touched.add(id);
    if (event.type === 'state' && event.state.kind === 'idle')
      aside(Promise.all([this.#count(event.pair), this.conflicts.lookAgain(event.pair)]));
    if (event.type === 'unwanted') aside(this.choose(event.pair, event.paths));
    if (event.type === 'notice') aside(this.#takeNotice(event));
    if (event.type === 'state' && event.state.kind === 'signedOut') this.#parts.onRefused();
    if (event.type === 'state' && event.state.kind === 'guarded')
      this.#lookForMoved(event.pair, event.state.guard);
    this.#tell.wish();
  }

  async #takeNotice({ pair: pairId, ...notice }: Extract<SyncEvent, { type: 'notice' }>): Promise<void> {
    const keptPath = await this.conflicts.withdraw(pairId, notice.path);
    await this.#parts.notices.add({ ...notice, pairId, keptPath });
    this.#tell.wish();
  }

  /** The engine rests: how much is in the folder now. */
  async #count(pairId: string): Promise<void> {
    const report = this.#pairs.reportOf(pairId);
    const known = this.#state.pairs[pairId];
    if (!report || !known || this.#state.place === null) return;
    report.totals = await countBelow(this.#localDir(this.#state.place, known));
    this.#tell.wish();
  }

  /** A folder that is not where it was may have been renamed or moved: it is looked for before anybody is asked. */
  #lookForMoved(pairId: string, { reason }: Guard): void {
    if (reason !== 'remoteRootMissing' && reason !== 'remoteRootReplaced') return;
    const folder = this.#folders.find((candidate) => candidate.pairId === pairId);
    if (folder && this.#pairs.askedFor(pairId)) this.#finder.want([folder.fileId]);
  }

  #describe(folder: KeptFolder): SalonFolder {
    const { pairId = '' } = folder;
    return describeFolder(folder, {
      isSignedIn: this.#parts.access() !== null,
      isGone: folder.pairId === undefined || this.#gone.has(pairId),
      isPaused: this.#state.paused,
      isUnreached: this.#finder.isFailing,
      known: this.#state.pairs[pairId],
      report: this.#pairs.reportOf(pairId),
      notices: this.#parts.notices.of(pairId),
    });
  }

  #tellNow(): void {
    if (this.#closed) return;
    this.#parts.tellOverview(this.overview());
    if (this.#touched.size === 0) return;
    this.#parts.tellEntries([...this.#touched]);
    this.#touched.clear();
  }

  async #remember(pairId: string, known: KnownPair): Promise<void> {
    await this.#change({ pairs: { ...this.#state.pairs, [pairId]: known } });
  }

  async #change(change: Partial<FilesState>): Promise<void> {
    // By then another may keep the state, which would be put back by this one's.
    if (this.#closed) return;
    await this.#parts.state.set({ ...this.#state, ...change });
  }
}
