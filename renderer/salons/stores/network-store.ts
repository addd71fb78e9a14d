import type { NetworkView, Reach } from '../../../preload/contract/network.ts';
import type { AppBridge } from '../../bridge.ts';
import { Disposables } from '../../ui/disposables.ts';
import { reuse } from '../../ui/reuse.ts';
import { Store } from '../../ui/store.ts';

/** What the person signs in with at a proxy. */
type ProxyAnswer = NonNullable<Parameters<AppBridge['network']['answerProxy']>[0]['answer']>;

/** The way to the servers: who asks on it, and which server is not trusted. */
export class NetworkStore {
  readonly view = new Store<NetworkView>({ question: null, doubtful: [] });
  /** Whether the organisation's servers are reached, and what stands in the way. */
  readonly reach = new Store<Reach>('reached');
  readonly #network: AppBridge['network'];
  readonly #disposables = new Disposables();

  constructor(network: AppBridge['network']) {
    this.#network = network;
    this.#disposables.add(
      network.on('changed', this.#take),
      network.on('reachChanged', ({ reach }) => this.reach.set(reach)),
    );
  }

  /** Asks for what came before the page was there. */
  readonly load = async (): Promise<void> => {
    const outcome = await this.#network.view();
    if (outcome.ok) this.#take(outcome.value);
  };

  /** The chat hears its server, or no longer: main finds out why. */
  readonly tellReach = async (isReached: boolean): Promise<void> => {
    const outcome = await this.#network.tellReach({ isReached });
    if (outcome.ok) this.reach.set(outcome.value.reach);
  };

  /** Answers the proxy's or server's question; null leaves it. */
  readonly answerProxy = async (id: string, answer: ProxyAnswer | null): Promise<void> => {
    await this.#network.answerProxy({ id, answer });
  };

  /** Shows a certificate to the server that asks, or none. */
  readonly chooseCertificate = async (id: string, fingerprint: string | null): Promise<void> => {
    await this.#network.chooseCertificate({ id, fingerprint });
  };

  readonly dispose = (): void => this.#disposables.dispose();

  readonly #take = (view: NetworkView): void => this.view.update((last) => reuse(last, view));
}
