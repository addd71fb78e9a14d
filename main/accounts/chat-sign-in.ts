import type { ChatSignIn } from '../../preload/contract/accounts.ts';
import { AppError, toContractError } from '../contract/app-error.ts';
import type { Accounts } from './accounts.ts';
import { openReturnAddress, type ReturnAddress, type ReturnWords } from './return-address.ts';

/** What a sign-in to the conversations in the browser works with. */
export interface ChatSignInParts {
  readonly accounts: Accounts;
  /** Opens a page in the system browser. */
  readonly openPage: (address: string) => Promise<void>;
  /** What the browser shows in the end. */
  readonly words: () => ReturnWords;
  readonly tell: (step: ChatSignIn) => void;
  /** The person is back from the browser, whatever became of it. */
  readonly cameBack: () => void;
  /** Milliseconds until nobody is waited for any more; ten minutes unless told. */
  readonly givesUpAfterMs?: number;
}

/** Which page was opened, at which server, and where it leads back to. */
interface Running {
  readonly serverUrl: string;
  readonly page: string;
  readonly back: ReturnAddress;
}

const USUAL_WAIT_MS = 10 * 60_000;

/**
 * The sign-in to the conversations in the system browser (Client-Server API, SSO client login): one at a time, a new one ends
 * the one before. The token that the browser brings back never leaves main.
 */
export class ChatSignIns {
  readonly #parts: ChatSignInParts;
  #running: Running | null = null;
  /** Counts what ended a sign-in: one that is still being begun must not go on after that. */
  #ends = 0;

  constructor(parts: ChatSignInParts) {
    this.#parts = parts;
  }

  /** Opens the server's page; what follows is told. `provider` names who is asked there, null: the server asks. */
  async start({ serverUrl, provider }: { serverUrl: string; provider: string | null }): Promise<void> {
    const { accounts, words, tell, givesUpAfterMs = USUAL_WAIT_MS } = this.#parts;
    accounts.checkServer('chat', serverUrl);
    this.cancel();
    const ends = this.#ends;
    const back = await openReturnAddress(words, givesUpAfterMs);
    if (ends !== this.#ends) {
      back.close();
      throw new AppError('cancelled.request');
    }
    const running: Running = { serverUrl, page: pageOf(serverUrl, provider, back.url), back };
    this.#running = running;
    tell({ step: 'waiting' });
    void this.#follow(running);
    await this.#open(running);
  }

  /** Opens the page again. Throws `not-found.address` when none waits. */
  async reopen(): Promise<void> {
    if (!this.#running) throw new AppError('not-found.address');
    await this.#open(this.#running);
  }

  /** Ends what waits for the browser, silently: whoever asked knows. */
  cancel(): void {
    const running = this.#running;
    this.#running = null;
    this.#ends += 1;
    running?.back.close();
  }

  /** The page on which the chat server asks whether it is really the person. Throws `not-signed-in.chat`. */
  async approve({ stage, session }: { stage: string; session: string }): Promise<void> {
    const server = this.#parts.accounts.chatServer();
    if (server === null) throw new AppError('not-signed-in.chat');
    const path = `_matrix/client/v3/auth/${encodeURIComponent(stage)}/fallback/web`;
    await this.#parts.openPage(`${server}/${path}?${new URLSearchParams({ session })}`);
  }

  async #open(running: Running): Promise<void> {
    try {
      await this.#parts.openPage(running.back.linkTo(running.page));
    } catch (error) {
      if (this.#running === running) this.cancel();
      throw error;
    }
  }

  /** Waits for the person to come back and tells how it ended; unless it was cancelled before they came. */
  async #follow(running: Running): Promise<void> {
    const { accounts, tell, cameBack } = this.#parts;
    const { serverUrl, back } = running;
    let isBack = false;
    try {
      const token = await back.token;
      isBack = true;
      // From here on nothing is cancelled: a session that the server gave is taken, or given back.
      const signedIn = await accounts.signInChat({ serverUrl, proof: { by: 'token', token } });
      tell({ step: 'signed-in', ...signedIn });
    } catch (error) {
      if (this.#running === running) tell({ step: 'failed', error: toContractError(error) });
    } finally {
      if (this.#running === running) this.#running = null;
      if (isBack) cameBack();
    }
  }
}

/** Where the server begins (Client-Server API, GET /login/sso/redirect, with a provider or without). */
function pageOf(serverUrl: string, provider: string | null, back: string): string {
  const chosen = provider === null ? '' : `/${encodeURIComponent(provider)}`;
  return `${serverUrl}/_matrix/client/v3/login/sso/redirect${chosen}?${new URLSearchParams({ redirectUrl: back })}`;
}
