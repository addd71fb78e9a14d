import type { FilesSignIn } from '../../preload/contract/accounts.ts';
import { AppError, toContractError } from '../contract/app-error.ts';
import type { Http } from '../http/http.ts';
import type { Accounts } from './accounts.ts';
import { awaitGrant, type LoginFlow, startLoginFlow } from './login-flow.ts';

/** What a file sign-in works with. */
export interface FilesSignInParts {
  readonly http: Http;
  readonly accounts: Accounts;
  readonly deviceName: string;
  /** Opens a page in the system browser. */
  readonly openPage: (address: string) => Promise<void>;
  readonly tell: (step: FilesSignIn) => void;
  /** The person granted it: they need the browser no more. */
  readonly cameBack: () => void;
}

interface Running {
  readonly flow: LoginFlow;
  readonly abort: AbortController;
}

/** The sign-in to the file server in the system browser: one at a time, a new one ends the one before. */
export class FilesSignIns {
  readonly #parts: FilesSignInParts;
  #running: Running | null = null;

  constructor(parts: FilesSignInParts) {
    this.#parts = parts;
  }

  /** Opens the grant page; what follows is told. Throws when the server does not begin. */
  async start(serverUrl: string, signal: AbortSignal): Promise<void> {
    this.#parts.accounts.checkServer('files', serverUrl);
    this.cancel();
    const { http, deviceName, openPage, tell } = this.#parts;
    const flow = await startLoginFlow(http, serverUrl, deviceName, signal);
    this.cancel();
    const running = { flow, abort: new AbortController() };
    this.#running = running;
    tell({ step: 'waiting' });
    void this.#follow(running);
    await openPage(flow.grantPage);
  }

  /** Opens the grant page again. Throws `not-found.address` when none waits. */
  async reopen(): Promise<void> {
    if (!this.#running) throw new AppError('not-found.address');
    await this.#parts.openPage(this.#running.flow.grantPage);
  }

  /** Ends what waits, silently: whoever asked knows. */
  cancel(): void {
    this.#running?.abort.abort();
    this.#running = null;
  }

  /** Waits for the grant and tells how it ended; unless it was cancelled. */
  async #follow(running: Running): Promise<void> {
    const { http, accounts, tell, cameBack } = this.#parts;
    try {
      const grant = await awaitGrant(http, running.flow, running.abort.signal);
      await accounts.signInFiles(grant, running.abort.signal);
      if (this.#running !== running) return;
      tell({ step: 'granted' });
      cameBack();
    } catch (error) {
      if (this.#running === running) tell({ step: 'failed', error: toContractError(error) });
    } finally {
      if (this.#running === running) this.#running = null;
    }
  }
}
