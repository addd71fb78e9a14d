import type { AccountState } from '../../preload/contract/accounts.ts';
import type { Outcome } from '../../preload/contract/channel.ts';
import type { AppBridge } from '../bridge.ts';
import type { SignInGoal } from '../salons/stores/session.ts';
import { Disposables } from '../ui/disposables.ts';
import { Store } from '../ui/store.ts';
import { begin, next, type SignInEvent, type SignInState } from './sign-in-state.ts';

interface Needs {
  readonly accounts: AppBridge['accounts'];
  readonly account: AccountState;
  /** Takes the account as main just answered it: the event may come later. */
  readonly onAccount: (account: AccountState) => void;
  readonly goal: SignInGoal;
  /** The page is done; the chat's password if it was typed here. */
  readonly onDone: (password: string | null) => void;
}

/** Carries the sign-in page out: asks main, and turns what it answers into events of the state. */
export class SignInModel {
  readonly state: Store<SignInState>;
  readonly #needs: Needs;
  readonly #disposables = new Disposables();
  #password: string | null = null;
  #ended = false;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.state = new Store(begin(needs.goal, needs.account));
    this.#disposables.add(
      needs.accounts.on('filesSignIn', (step) => this.#happen({ type: 'files-step', step })),
    );
  }

  /** Begins with what is known: the files of someone whose address is known are looked for at once. */
  readonly start = (): void => {
    if (this.state.get().screen.at === 'address') void this.discover();
  };

  readonly type = (address: string): void => this.#happen({ type: 'typed', address });

  /** Looks for the servers of the typed address. */
  readonly discover = async (): Promise<void> => {
    const { address, busy } = this.state.get();
    if (busy || address.trim() === '') return;
    const outcome = await this.#ask(this.#needs.accounts.discover({ address }));
    if (outcome?.ok) this.#happen({ type: 'discovered', discovery: outcome.value });
  };

  /** Signs in to the conversations. */
  readonly signIn = async (password: string): Promise<void> => {
    const { screen, busy } = this.state.get();
    if (screen.at !== 'password' || busy || password === '') return;
    const { serverUrl, user } = screen.chat;
    const outcome = await this.#ask(this.#needs.accounts.signInChat({ serverUrl, user, password }));
    if (!outcome?.ok) return;
    this.#password = password;
    this.#needs.onAccount(outcome.value);
    this.#happen({ type: 'chat-signed-in' });
  };

  readonly skipChat = (): void => this.#happen({ type: 'chat-skipped' });
  readonly changeAddress = (): void => this.#happen({ type: 'address-changed' });

  /** Opens the file server's page in the system's browser. */
  readonly connectFiles = async (): Promise<void> => {
    const { screen, busy } = this.state.get();
    if (screen.at !== 'files' || busy) return;
    await this.#ask(this.#needs.accounts.startFilesSignIn({ serverUrl: screen.serverUrl }));
  };

  readonly reopenPage = async (): Promise<void> => {
    const outcome = await this.#needs.accounts.reopenFilesSignIn();
    if (!outcome.ok) this.#happen({ type: 'failed', error: outcome.error });
  };

  readonly cancelFiles = (): void => {
    void this.#needs.accounts.cancelFilesSignIn();
    this.#happen({ type: 'files-cancelled' });
  };

  readonly skipFiles = (): void => {
    void this.#needs.accounts.cancelFilesSignIn();
    this.#happen({ type: 'files-skipped' });
  };

  /** The page goes: nothing that comes later changes anything. */
  readonly dispose = (): void => {
    this.#ended = true;
    this.#password = null;
    this.#disposables.dispose();
  };

  async #ask<T>(request: Promise<Outcome<T>>): Promise<Outcome<T> | null> {
    this.#happen({ type: 'asked' });
    const outcome = await request;
    if (this.#ended) return null;
    if (!outcome.ok) this.#happen({ type: 'failed', error: outcome.error });
    return outcome;
  }

  #happen(event: SignInEvent): void {
    if (this.#ended) return;
    this.state.update((state) => next(state, event));
    if (this.state.get().screen.at === 'done') this.#needs.onDone(this.#password);
  }
}
