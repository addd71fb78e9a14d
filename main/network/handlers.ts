import type { Handlers } from '../../preload/contract/index.ts';
import type { NetworkDesk } from './network-desk.ts';
import type { ReachWatch } from './reach.ts';

/** The requests of the network domain. */
export function networkHandlers(desk: NetworkDesk, reach: ReachWatch): Handlers<'network'> {
  return {
    view: () => desk.view,
    tellReach: ({ isReached }) => {
      reach.heard(isReached);
      return { reach: reach.value };
    },
    answerProxy: ({ id, answer }) => desk.answerProxy(id, answer),
    chooseCertificate: ({ id, fingerprint }) => desk.chooseCertificate(id, fingerprint),
  };
}
