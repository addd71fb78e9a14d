import { secret } from './sessions.ts';

/** What a client gets once the person agreed. */
export interface Granted {
  readonly loginName: string;
  readonly appPassword: string;
}

interface Flow {
  readonly pollToken: string;
  readonly loginToken: string;
  /** The User-Agent that asked, shown to the person. */
  readonly clientName: string;
  readonly expires: number;
  granted: Granted | null;
}

const lifetimeMs = 20 * 60 * 1000;

/** Login flows that wait for a person (01/28 to 01/40). */
export class LoginFlows {
  readonly #flows = new Set<Flow>();

  /** Starts one; both tokens are 128 characters. */
  start(clientName: string): { pollToken: string; loginToken: string } {
    for (const flow of this.#flows) if (flow.expires <= Date.now()) this.#flows.delete(flow);
    const flow = {
      pollToken: secret(64),
      loginToken: secret(64),
      clientName,
      expires: Date.now() + lifetimeMs,
    };
    this.#flows.add({ ...flow, granted: null });
    return flow;
  }

  /** The name of the client that waits behind a login address. */
  clientOf(loginToken: string): string | null {
    return this.#find(loginToken)?.clientName ?? null;
  }

  grant(loginToken: string, granted: Granted): void {
    const flow = this.#find(loginToken);
    if (flow) flow.granted = granted;
  }

  /** Hands the result out once; null while waiting, when unknown and when already handed out. */
  poll(pollToken: string): Granted | null {
    for (const flow of this.#flows) {
      if (flow.pollToken !== pollToken || !flow.granted || flow.expires <= Date.now()) continue;
      this.#flows.delete(flow);
      return flow.granted;
    }
    return null;
  }

  #find(loginToken: string): Flow | undefined {
    return [...this.#flows].find((flow) => flow.loginToken === loginToken && flow.expires > Date.now());
  }
}
