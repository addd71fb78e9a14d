import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import type { ClientCertificate } from '../../api.ts';
import { CertificateFiles, type HeldCertificate, type Identity } from '../client-certificate.ts';

const betweenBytes = 60_000;
const connecting = 15_000;

const usual = {
  connections: 8,
  pipelining: 1,
  connect: { timeout: connecting },
  factory: openPool,
  bodyTimeout: betweenBytes,
  keepAliveTimeout: 30_000,
} as const;

type Handshake = Identity & { readonly ca?: string[] };

/** What a server is shown and believed by; what is left out is usual. */
export interface ConnectionManners {
  /** For servers that ask for one. */
  readonly certificate?: ClientCertificate | undefined;
  readonly trusted?: readonly string[];
}

/** The connections to one server, straight or through the proxy of the moment. No redirect is followed on them. */
export class Connections {
  readonly #files: CertificateFiles | undefined;
  readonly #trusted: readonly string[] | undefined;
  readonly #opened = new Map<string, Dispatcher>();

  constructor({ certificate, trusted }: ConnectionManners = {}) {
    this.#files = certificate === undefined ? undefined : new CertificateFiles(certificate);
    this.#trusted = trusted;
  }

  /**
   * For the next request. What is under way when the proxy or the certificate changes ends as it began.
   *
   * @param proxy address of the HTTP proxy to use now; nothing for none
   */
  async through(proxy: string | undefined): Promise<Dispatcher> {
    const held = await this.certificate();
    const way = `${held?.kind === 'held' ? held.version : ''} ${proxy ?? ''}`;
    const opened = this.#opened.get(way);
    if (opened !== undefined) return opened;
    const dispatcher = openWay(proxy, {
      ...(held?.kind === 'held' ? held.identity : {}),
      ...(this.#trusted === undefined ? {} : { ca: [...this.#trusted] }),
    });
    this.#opened.set(way, dispatcher);
    return dispatcher;
  }

  /** What servers that ask are shown now; nothing when none was named. */
  async certificate(): Promise<HeldCertificate | undefined> {
    return this.#files?.current();
  }

  /** Ends all, also what is under way. */
  async close(): Promise<void> {
    await Promise.all([...this.#opened.values()].map((dispatcher) => dispatcher.destroy()));
  }
}

/** Straight, or through an HTTP proxy: secure servers by CONNECT, so that it sees only their names. */
function openWay(proxy: string | undefined, handshake: Handshake): Dispatcher {
  if (proxy === undefined) return new Agent({ ...usual, connect: { timeout: connecting, ...handshake } });
  const { ca } = handshake;
  return new ProxyAgent({
    uri: proxy,
    ...usual,
    // The proxy is shown no certificate.
    ...(ca === undefined ? {} : { proxyTls: { ca } }),
    ...(Object.keys(handshake).length === 0 ? {} : { requestTls: handshake }),
  });
}

/**
 * A server that takes no certificate, or not that one, says so on a connection that already stood (TLS 1.3), and hangs up.
 * Who waits for an answer is to hear the first of that.
 */
function openPool(origin: string | URL, options: Pool.Options): Pool {
  const { connect } = options;
  const open = typeof connect === 'function' ? connect : buildConnector({ ...connect });
  return new Pool(origin, {
    ...options,
    connect: (to, done) =>
      open(to, (...opened) => {
        const [, socket] = opened;
        socket?.once('error', () => socket.destroy());
        done(...opened);
      }),
  });
}
