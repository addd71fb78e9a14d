import type { AccountState, ChatSignIn, SignOnProvider } from '../../preload/contract/accounts.ts';
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
  /** The page is done; null unless somebody signed in to the conversations here, else with the password if they typed one. */
  readonly onDone: (chat: SignedInChat | null) => void;
  /** Whoever just signed in is not the person: ends all that they signed in to. */
  readonly signOut: () => Promise<unknown>;
}

/** Somebody signed in to the conversations: with this password, or in their browser. */
export interface SignedInChat {
  readonly password: string | null;
}

/** Carries the sign-in page out: asks main, and turns what it answers into events of the state. */
export class SignInModel {
  readonly state: Store<SignInState>;
  readonly #needs: Needs;
  readonly #disposables = new Disposables();
  #chat: SignedInChat | null = null;
  #ended = false;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.state = new Store(begin(needs.goal, needs.account));
    this.#disposables.add(
      needs.accounts.on('filesSignIn', (step) => this.#happen({ type: 'files-step', step })),
      needs.accounts.on('chatSignIn', this.#followBrowser),
    );
  }

  /** Begins with what is known: the files of someone whose address is known are looked for at once. */
  readonly start = (): void => {
    const { at } = this.state.get().screen;
    if (at === 'address') void this.discover();
    if (at === 'asking') void this.askAgain();
  };

  /** Asks the chat server of a known account how one signs in there now. */
  readonly askAgain = async (): Promise<void> => {
    if (this.state.get().busy) return;
    const outcome = await this.#ask(this.#needs.accounts.chatOffer());
    if (outcome?.ok) this.#happen({ type: 'offered', offer: outcome.value });
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
    this.#chat = { password };
    this.#needs.onAccount(outcome.value);
    this.#happen({ type: 'chat-signed-in' });
  };

  /** Opens the chat server's page in the system's browser. */
  readonly openBrowser = async ({ id }: SignOnProvider): Promise<void> => {
    const { screen, busy } = this.state.get();
    if ((screen.at !== 'password' && screen.at !== 'browser') || busy) return;
    const { serverUrl } = screen.chat;
    await this.#ask(this.#needs.accounts.startChatSignIn({ serverUrl, provider: id }));
  };

  readonly reopenBrowser = async (): Promise<void> => {
    const outcome = await this.#needs.accounts.reopenChatSignIn();
    if (!outcome.ok) this.#happen({ type: 'failed', error: outcome.error });
  };

  readonly cancelBrowser = (): void => {
    void this.#needs.accounts.cancelChatSignIn();
    this.#happen({ type: 'browser-cancelled' });
  };

  /** Whoever came back is the person all the same: they are called otherwise there. */
  readonly goOn = (): void => this.#happen({ type: 'chat-signed-in' });

  /** Whoever came back is somebody else, whose browser it was. */
  readonly notMe = async (): Promise<void> => {
    if (this.state.get().busy) return;
    this.#happen({ type: 'asked' });
    this.#chat = null;
    await this.#needs.signOut();
    this.#happen({ type: 'address-changed' });
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
    const { screen } = this.state.get();
    if (screen.at === 'browser' && screen.waiting) void this.#needs.accounts.cancelChatSignIn();
    this.#ended = true;
    this.#chat = null;
    this.#disposables.dispose();
  };

  async #ask<T>(request: Promise<Outcome<T>>): Promise<Outcome<T> | null> {
    this.#happen({ type: 'asked' });
    const outcome = await request;
    if (this.#ended) return null;
    if (!outcome.ok) this.#happen({ type: 'failed', error: outcome.error });
    return outcome;
  }

  readonly #followBrowser = (step: ChatSignIn): void => {
    if (step.step === 'signed-in' && !this.#ended) {
      this.#chat = { password: null };
      this.#needs.onAccount(step.account);
    }
    this.#happen({ type: 'chat-step', step });
  };

  #happen(event: SignInEvent): void {
    if (this.#ended) return;
    this.state.update((state) => next(state, event));
    if (this.state.get().screen.at === 'done') this.#needs.onDone(this.#chat);
  }
}
