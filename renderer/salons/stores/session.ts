import type { AccountState } from '../../../preload/contract/accounts.ts';
import type { PartnerRule } from '../../../preload/contract/partners.ts';
import type { AppBridge } from '../../bridge.ts';
import type { AnyError } from '../../i18n/error-words.ts';
import { Disposables } from '../../ui/disposables.ts';
import { type Readable, Store } from '../../ui/store.ts';
import type { CommandOutcome } from './chat-port.ts';
import type { ChatStore } from './chat-store.ts';

/** Where the person stands between the door and the salons. */
export type Stage =
  | { readonly at: 'sign-in'; readonly goal: SignInGoal }
  /** Just signed in: what the chat needs of them is not known yet. */
  | { readonly at: 'preparing' }
  | { readonly at: 'recovery'; readonly need: RecoveryNeed }
  | { readonly at: 'inside' };

/** What a person says before a code is made: their password once more, or the approval they gave in their browser (its session). */
export interface CodeProof {
  readonly password?: string;
  readonly approved?: string;
  /** They have the code of their other devices no more. */
  readonly lost?: boolean;
}

/** Why the sign-in page is open: nobody is signed in, or one of the two services asks (again). */
export type SignInGoal = 'all' | 'chat' | 'files';

/** `new-code`: everything is ready and the person wants another code. */
export type RecoveryNeed = 'needs-setup' | 'needs-code' | 'new-code';

/** After this the salons are shown, whatever the chat has not said yet. */
const PREPARING_MS = 8000;

interface Needs {
  readonly bridge: Pick<AppBridge, 'accounts'>;
  readonly chat: Pick<ChatStore, 'run' | 'reopen' | 'list' | 'protection'>;
  readonly account: Readable<AccountState>;
  readonly partners: PartnerRule;
  /** Days that a conversation which nobody opens is kept on this PC; 0: without end. */
  readonly cacheDays: () => number;
  /** Forgets what belonged to the person. */
  readonly forget: () => Promise<void>;
  /** To another account of this PC, if there is one. */
  readonly goOn: () => Promise<void>;
  /** The chat could not be started. */
  readonly trouble: (problem: AnyError) => void;
}

/**
 * From signing in to signing out: starts the chat with the session main keeps, asks for the recovery code when it is
 * due, and ends everything at the sign-out. The password stays here only until the code was made.
 */
export class Session {
  readonly stage: Store<Stage>;
  readonly #needs: Needs;
  readonly #disposables = new Disposables();
  #password: string | null = null;
  #running = false;
  /** Counts the starts: what an earlier one still answers is of no interest. */
  #attempt = 0;
  #leaving = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.stage = new Store<Stage>(firstStage(needs.account.get()));
    this.#disposables.add(
      needs.chat.protection.subscribe(this.#look),
      needs.chat.list.subscribe(this.#watchExpiry),
      needs.account.subscribe(this.#follow),
      () => clearTimeout(this.#timer ?? undefined),
    );
  }

  /** Starts the chat, if main has a session for it and it does not run. */
  readonly connect = async (): Promise<void> => {
    const { bridge, chat, account, partners, cacheDays, trouble } = this.#needs;
    if (this.#running || account.get().chat.status !== 'signed-in') return;
    this.#running = true;
    this.#attempt += 1;
    const attempt = this.#attempt;
    const session = await bridge.accounts.chatSession();
    if (attempt !== this.#attempt) return;
    if (!session.ok) {
      this.#running = false;
      return trouble({ from: 'main', error: session.error });
    }
    const started = await chat.run('start', { session: session.value, partners, cacheDays: cacheDays() });
    if (attempt !== this.#attempt) return;
    this.#running = started.ok;
    if (started.ok) chat.reopen();
    else trouble({ from: 'chat', error: started.error });
  };

  /** The worker was replaced after a crash: it starts anew. */
  readonly reconnect = (): void => {
    this.#running = false;
    void this.connect();
  };

  /** Ends the chat with all that it kept: another account is about to be shown. */
  readonly rest = async (): Promise<void> => {
    this.#running = false;
    this.#attempt += 1;
    await this.#needs.chat.run('stop', { wipe: false });
  };

  /** Opens the sign-in page for a service that asks, again or for the first time. */
  readonly askToSignIn = (goal: SignInGoal): void => this.stage.set({ at: 'sign-in', goal });

  /**
   * The sign-in page is done. `chat` is null unless somebody signed in to the conversations there; else it has the password
   * they typed, for the recovery code.
   */
  readonly entered = (chat: { readonly password: string | null } | null): void => {
    if (this.#needs.account.get().chat.status !== 'signed-in' || chat === null) return this.inside();
    this.#password = chat.password;
    this.stage.set({ at: 'preparing' });
    this.#timer = setTimeout(this.inside, PREPARING_MS);
    this.#look();
  };

  /** Shows the page of the recovery code: from the reminder in the list, or from the settings. */
  readonly askForCode = (): void => {
    const { state } = this.#needs.chat.protection.get();
    if (state === 'checking') return;
    this.stage.set({ at: 'recovery', need: state === 'ready' ? 'new-code' : state });
  };

  /** On to the salons. */
  readonly inside = (): void => {
    clearTimeout(this.#timer ?? undefined);
    this.#password = null;
    this.stage.set({ at: 'inside' });
  };

  /** Makes the recovery code, with what the person answered where the server wants to be sure that it is they. */
  readonly createCode = (proof: CodeProof): Promise<CommandOutcome<'createRecoveryCode'>> =>
    this.#needs.chat.run('createRecoveryCode', { password: this.#password, ...proof });

  /** Ends both sessions and wipes what this PC kept, never the folder. Answers whether the servers heard of it. */
  readonly signOut = async (): Promise<boolean> => {
    const { bridge, chat } = this.#needs;
    this.#leaving = true;
    try {
      await chat.run('stop', { wipe: true });
      const outcome = await bridge.accounts.signOut();
      await this.#left();
      const revoked = outcome.ok && outcome.value.revoked;
      // Where the servers were not told, the person reads that first, and goes on by themselves.
      if (revoked) await this.#needs.goOn();
      return revoked;
    } finally {
      this.#leaving = false;
    }
  };

  readonly dispose = (): void => this.#disposables.dispose();

  /**
   * Whether what main says is of the account of this page: while one is shown it stays the same until the person signs out,
   * and another one has a page of its own.
   */
  readonly concerns = ({ id }: AccountState): boolean => {
    const own = this.#needs.account.get().id;
    return own === null || id === own || (id === null && this.#leaving);
  };

  /** Main said something new of the account. */
  readonly #follow = (): void => {
    if (!this.#leaving) void this.connect();
  };

  readonly #left = async (): Promise<void> => {
    this.#running = false;
    this.#attempt += 1;
    this.#password = null;
    clearTimeout(this.#timer ?? undefined);
    this.stage.set({ at: 'sign-in', goal: 'all' });
    await this.#needs.forget();
  };

  /** While the salons are prepared: what the chat says it needs. */
  readonly #look = (): void => {
    if (this.stage.get().at !== 'preparing') return;
    const { state } = this.#needs.chat.protection.get();
    if (state === 'checking') return;
    if (state === 'ready') return this.inside();
    clearTimeout(this.#timer ?? undefined);
    this.stage.set({ at: 'recovery', need: state });
  };

  readonly #watchExpiry = (): void => {
    const { bridge, chat, account } = this.#needs;
    if (chat.list.get()?.connection !== 'signed-out' || account.get().chat.status !== 'signed-in') return;
    this.#running = false;
    void bridge.accounts.chatExpired();
  };
}

/** A session that ended before the start can show nothing of what is kept: its key is asked for first. */
function firstStage(account: AccountState): Stage {
  if (isNobody(account)) return { at: 'sign-in', goal: 'all' };
  return account.chat.status === 'expired' ? { at: 'sign-in', goal: 'chat' } : { at: 'inside' };
}

function isNobody({ chat, files }: AccountState): boolean {
  return chat.status === 'none' && files.status === 'none';
}
