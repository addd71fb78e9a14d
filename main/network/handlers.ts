import type { Handlers } from '../../preload/contract/index.ts';
import type { NetworkDesk } from './network-desk.ts';

/** The requests of the network domain. */
export function networkHandlers(desk: NetworkDesk): Handlers<'network'> {
  return {
    view: () => desk.view,
    answerProxy: ({ id, answer }) => desk.answerProxy(id, answer),
    chooseCertificate: ({ id, fingerprint }) => desk.chooseCertificate(id, fingerprint),
  };
}
