import { Agent, type Dispatcher, ProxyAgent } from 'undici';

const betweenBytes = 60_000;
const connecting = 15_000;

const usual = {
  connections: 8,
  pipelining: 1,
  connect: { timeout: connecting },
  bodyTimeout: betweenBytes,
  keepAliveTimeout: 30_000,
} as const;

/** The connections to one server, straight or through the proxy of the moment. */
export class Connections {
  readonly #proxy: () => string | undefined;
  readonly #opened = new Map<string | undefined, Dispatcher>();

  /** @param proxy address of the HTTP proxy to use now; nothing for none */
  constructor(proxy: () => string | undefined) {
    this.#proxy = proxy;
  }

  /** For the next request. What is under way when the proxy changes ends as it began. */
  get dispatcher(): Dispatcher {
    const proxy = this.#proxy();
    const opened = this.#opened.get(proxy);
    if (opened !== undefined) return opened;
    const dispatcher = proxy === undefined ? new Agent(usual) : throughProxy(proxy);
    this.#opened.set(proxy, dispatcher);
    return dispatcher;
  }

  /** Ends all, also what is under way. */
  async close(): Promise<void> {
    await Promise.all([...this.#opened.values()].map((dispatcher) => dispatcher.destroy()));
  }
}

/** Through an HTTP proxy: secure servers by CONNECT, so that it sees only their names. */
export function throughProxy(proxy: string): Dispatcher {
  return new ProxyAgent({ uri: proxy, ...usual });
}
