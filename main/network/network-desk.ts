import { randomUUID } from 'node:crypto';
import type {
  DoubtfulServer,
  NetworkQuestion,
  NetworkView,
  OwnCertificate,
} from '../../preload/contract/network.ts';
import type { Credentials, ProxyAnswer, ProxyQuestion } from './proxy-sign-in.ts';
import type { ServerQuestion } from './server-sign-in.ts';

/** A question and the way to answer it; `null` is no answer. */
type Open =
  | {
      readonly kind: 'sign-in';
      readonly question: NetworkQuestion;
      readonly answer: (answer: ProxyAnswer) => void;
    }
  | {
      readonly kind: 'own-certificate';
      readonly question: NetworkQuestion;
      readonly answer: (fingerprint: string | null) => void;
    };

const MOST_DOUBTFUL = 20;

/** What the person is asked and told about the way to the servers: one question at a time, in the order they came. */
export class NetworkDesk {
  readonly #mayRemember: () => boolean;
  readonly #tell: (view: NetworkView) => void;
  readonly #open: Open[] = [];
  readonly #doubtful = new Map<string, DoubtfulServer>();

  /** `mayRemember`: whether a password may be kept. */
  constructor(mayRemember: () => boolean, tell: (view: NetworkView) => void) {
    this.#mayRemember = mayRemember;
    this.#tell = tell;
  }

  get view(): NetworkView {
    return { question: this.#open[0]?.question ?? null, doubtful: [...this.#doubtful.values()] };
  }

  /** Asks for a name and password at a proxy. */
  askProxy(asked: ProxyQuestion): Promise<ProxyAnswer> {
    const mayRemember = this.#mayRemember();
    const { promise, resolve } = Promise.withResolvers<ProxyAnswer>();
    const question = { kind: 'proxy' as const, id: randomUUID(), ...cut(asked), mayRemember };
    this.#ask({
      kind: 'sign-in',
      question,
      answer: (answer) => resolve(answer && { ...answer, remember: answer.remember && mayRemember }),
    });
    return promise;
  }

  /** Asks for a name and password at a server: for this time only. */
  async askServer({ host, realm, user, wasRefused }: ServerQuestion): Promise<Credentials | null> {
    const { promise, resolve } = Promise.withResolvers<ProxyAnswer>();
    const asked = { host: host.slice(0, 300), realm: realm.slice(0, 300), user, wasRefused };
    const question = { kind: 'server' as const, id: randomUUID(), ...asked };
    this.#ask({ kind: 'sign-in', question, answer: resolve });
    const answer = await promise;
    return answer && { user: answer.user, password: answer.password };
  }

  /** Asks which certificate to show to a server; the fingerprint of one of them, or null. */
  async askCertificate(host: string, choices: readonly OwnCertificate[]): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const question = { kind: 'own-certificate' as const, id: randomUUID(), host, choices: [...choices] };
    this.#ask({ kind: 'own-certificate', question, answer: resolve });
    const chosen = await promise;
    return choices.some(({ fingerprint }) => fingerprint === chosen) ? chosen : null;
  }

  /** Takes an answer for the proxy or server; nothing when that question is over. */
  answerProxy(id: string, answer: ProxyAnswer): void {
    const [open] = this.#open;
    if (open?.kind !== 'sign-in' || open.question.id !== id) return;
    this.#close();
    open.answer(answer);
  }

  /** Takes the choice of a certificate; nothing when that question is over. */
  chooseCertificate(id: string, fingerprint: string | null): void {
    const [open] = this.#open;
    if (open?.kind !== 'own-certificate' || open.question.id !== id) return;
    this.#close();
    open.answer(fingerprint);
  }

  /** A server could not prove who it is. */
  doubt(server: DoubtfulServer): void {
    const before = this.#doubtful.get(server.host);
    if (before?.code === server.code && before.validUntil === server.validUntil) return;
    if (before === undefined && this.#doubtful.size >= MOST_DOUBTFUL) return;
    this.#doubtful.set(server.host, server);
    this.#tell(this.view);
  }

  /** A server proved who it is. */
  trust(host: string): void {
    if (this.#doubtful.delete(host)) this.#tell(this.view);
  }

  #ask(open: Open): void {
    this.#open.push(open);
    if (this.#open.length === 1) this.#tell(this.view);
  }

  #close(): void {
    this.#open.shift();
    this.#tell(this.view);
  }
}

/** A proxy may call itself anything. */
function cut({ proxy, realm, user, wasRefused }: ProxyQuestion): ProxyQuestion {
  return { proxy: proxy.slice(0, 300), realm: realm.slice(0, 300), user, wasRefused };
}
