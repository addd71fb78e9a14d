import { isDeepStrictEqual } from 'node:util';
import type { AccountState } from '../../preload/contract/accounts.ts';
import type { Accounts, OneAccount } from '../accounts/accounts.ts';
import { AppError } from '../contract/app-error.ts';
import { type AccountFiles, type AccountFilesParts, openAccountFiles } from './account-files.ts';
import type { Conditions } from './conditions.ts';
import { domainsOf, type FileDomains } from './domains.ts';
import { placeBeside, placesOfOthers, prepareHome } from './home.ts';
import { SharedConditions } from './shared-conditions.ts';
import { SharedEngine } from './shared-engine.ts';
import { overviewOfAll } from './summary.ts';
import { type ChildProcess, Supervisor } from './supervisor.ts';

/** What the files of the program are made from. */
export interface FilesParts
  extends Omit<
    AccountFilesParts,
    'account' | 'home' | 'engine' | 'conditions' | 'placesOfOthers' | 'placeChosen'
  > {
  /** The program's data folder. */
  readonly data: string;
  /** How the computer stands; closed with all. */
  readonly conditions: Conditions;
  readonly accounts: Pick<Accounts, 'all' | 'onAnyChange'> & {
    readonly state: () => Pick<AccountState, 'id'>;
  };
  readonly spawn: () => ChildProcess;
  /** Resolves when the window is there: the sync process must not slow it down. */
  readonly calm: Promise<void>;
}

/** The domains of files at work. */
export interface FilesDomain {
  /** What the page is answered, from the account that is shown. */
  readonly handlers: FileDomains;
  /** The place of that account's folders, null while none was chosen. */
  readonly place: () => string | null;
  /** Opens it in the file manager. Throws `not-found.place` while none was chosen. */
  readonly openPlace: () => Promise<void>;
  /** Pauses or resumes the folders of all accounts; `minutes` null: until they are resumed. */
  readonly pause: (paused: boolean, minutes: number | null) => Promise<void>;
  /** Whether an account keeps the folder of a salon, as far as is known of one that is not shown. */
  readonly keepsFolderOf: (accountId: string, salonId: string) => boolean;
  /** Closes every folder and ends the sync process. */
  readonly close: () => Promise<void>;
}

/** An account's files, and what is to be closed with them. */
interface Open {
  readonly account: OneAccount;
  readonly files: AccountFiles;
  readonly leave: () => void;
  /** Its suggestion for a place. */
  readonly suggestion: Suggestion;
  access: ReturnType<OneAccount['filesAccess']>;
}

/** Where an account's place is suggested, as far as others have left room. */
interface Suggestion {
  place: string;
}

/**
 * The files of each account, as long as it is kept: those of all are carried by one engine, whichever account is shown.
 * The page is answered by the shown one's, and told of no other.
 */
class FilesOfAccounts {
  readonly #parts: FilesParts;
  readonly #engine: SharedEngine;
  readonly #conditions: SharedConditions;
  readonly #open = new Map<string, Open>();
  readonly #stop: () => void;
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: FilesParts) {
    const { spawn, desktop, calm, conditions, accounts, log } = parts;
    this.#parts = parts;
    const labelFor = async (pair: string, path: string): Promise<string | null> =>
      this.#all.find(({ has }) => has(pair))?.labelFor(pair, path) ?? null;
    this.#engine = new SharedEngine(new Supervisor(spawn, desktop.trash, log, { calm, labelFor }));
    this.#conditions = new SharedConditions(conditions);
    this.#stop = accounts.onAnyChange((id) => this.#accountChanged(id));
  }

  /** Opens the files of accounts that came and closes those of accounts that went, one after the other. */
  follow(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#apart(() => this.#followNow()));
    return this.#turn;
  }

  /** The files of the account that is shown, null when nobody's is. */
  async shown(): Promise<AccountFiles | null> {
    await this.#turn;
    return this.#shownNow();
  }

  async openPlace(): Promise<void> {
    const shown = await this.shown();
    if (!shown) throw new AppError('not-found.place');
    await shown.openPlace();
  }

  place(): string | null {
    return this.#shownNow()?.place() ?? null;
  }

  keepsFolderOf(accountId: string, salonId: string): boolean {
    const { folders = [] } = this.#open.get(accountId)?.files.overview() ?? {};
    return folders.some((folder) => folder.salonId === salonId);
  }

  async pause(paused: boolean, minutes: number | null): Promise<void> {
    await Promise.all(this.#all.map((files) => files.pause(paused, minutes)));
  }

  async close(): Promise<void> {
    this.#stop();
    await this.#turn;
    await Promise.all([this.#engine.stop(), ...this.#all.map((files) => files.close())]);
    this.#parts.conditions.close();
  }

  get #all(): readonly AccountFiles[] {
    return [...this.#open.values()].map(({ files }) => files);
  }

  #shownNow(): AccountFiles | null {
    const { id } = this.#parts.accounts.state();
    return (id === null ? undefined : this.#open.get(id)?.files) ?? null;
  }

  #accountChanged(id: string): void {
    const open = this.#open.get(id);
    const access = open?.account.filesAccess() ?? null;
    if (open && !isDeepStrictEqual(access, open.access)) {
      open.access = access;
      open.files.accessChanged();
    }
    void this.follow();
  }

  async #followNow(): Promise<void> {
    const accounts = this.#parts.accounts.all();
    const gone = [...this.#open].filter(([id]) => !accounts.some((account) => account.id === id));
    for (const [id, open] of gone) await this.#apart(() => this.#let(id, open));
    for (const account of accounts.filter(({ id }) => !this.#open.has(id)))
      await this.#apart(async () => void this.#open.set(account.id, await this.#begin(account)));
    for (const { account, suggestion } of this.#open.values())
      await this.#apart(async () => {
        suggestion.place = await this.#suggestFor(account);
      });
    this.#showOverview();
  }

  /** What goes wrong with one account is no reason for others to wait; it is tried again at the next change. */
  async #apart(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      this.#parts.log.error('files.not-followed', {}, error);
    }
  }

  async #begin(account: OneAccount): Promise<Open> {
    const { data, events } = this.#parts;
    const home = await prepareHome(data, account.home);
    const isShown = (): boolean => this.#parts.accounts.state().id === account.id;
    const { conditions, leave } = this.#conditions.share();
    const suggestion: Suggestion = { place: this.#parts.suggestedPlace() };
    const engine = this.#engine.share();
    const opening = openAccountFiles({
      ...this.#parts,
      account,
      home,
      engine,
      conditions,
      events: { send: (...what) => (isShown() ? events.send(...what) : undefined) },
      showOverview: () => this.#showOverview(),
      suggestedPlace: () => suggestion.place,
      placesOfOthers: () => placesOfOthers(data, account.home),
      placeChosen: () => void this.follow(),
    });
    const files = await opening.catch(async (error: unknown) => {
      leave();
      await engine.stop();
      throw error;
    });
    return { account, files, leave, suggestion, access: account.filesAccess() };
  }

  async #suggestFor({ home, user }: OneAccount): Promise<string> {
    const { data, suggestedPlace } = this.#parts;
    return placeBeside(suggestedPlace(), user, await placesOfOthers(data, home));
  }

  async #let(id: string, { files, leave }: Open): Promise<void> {
    this.#open.delete(id);
    leave();
    try {
      await files.forget();
    } finally {
      // Also when nothing can be written down: what nobody is signed in to is not kept equal any more.
      await files.close();
    }
  }

  #showOverview(): void {
    const overview = overviewOfAll(this.#all.map((files) => files.overview()));
    if (overview) this.#parts.showOverview(overview);
  }
}

/** Takes up the folders of the last time; the sync process begins with the first of them. */
export async function openFiles(parts: FilesParts): Promise<FilesDomain> {
  const all = new FilesOfAccounts(parts);
  await all.follow();
  return {
    handlers: domainsOf(() => all.shown()),
    place: () => all.place(),
    openPlace: () => all.openPlace(),
    pause: (paused, minutes) => all.pause(paused, minutes),
    keepsFolderOf: (accountId, salonId) => all.keepsFolderOf(accountId, salonId),
    close: () => all.close(),
  };
}
