import type { SalonListSnapshot } from '../../matrix/protocol.ts';
import type { Readable } from '../../ui/store.ts';
import type { NetworkStore } from './network-store.ts';

/** Tells main whenever the chat begins or ceases to hear its server. @returns the way to stop */
export function tellReach(
  list: Readable<SalonListSnapshot | null>,
  network: Pick<NetworkStore, 'tellReach'>,
): () => void {
  let told = true;
  return list.subscribe(() => {
    const connection = list.get()?.connection;
    if (connection !== 'live' && connection !== 'offline') return;
    const isReached = connection === 'live';
    if (isReached === told) return;
    told = isReached;
    void network.tellReach(isReached);
  });
}
