import { app } from 'electron';
import type { Log } from '../log/log.ts';
import type { NetworkDesk } from '../network/network-desk.ts';
import { certificateStep, ownCertificate } from '../network/own-certificate.ts';
import type { PolicyInForce } from '../policy/in-force.ts';

const MOST_CHOICES = 100;

/** Servers that ask for a certificate get what the policy says: the person's choice, the only one that fits, or none. */
export function answerCertificateRequests(
  policy: PolicyInForce,
  desk: Pick<NetworkDesk, 'askCertificate'>,
  log: Log,
): void {
  app.on('select-client-certificate', (event, _contents, url, list, answer) => {
    event.preventDefault(); // Chromium would show the first one
    const [only] = list;
    const step = certificateStep(policy.values.clientCertificate, list.length);
    // Electron's types want a certificate; none is how to show none.
    const show: (certificate?: Electron.Certificate) => void = answer;
    if (step !== 'ask') {
      show(step === 'show-the-one' ? only : undefined);
      return;
    }
    const host = URL.parse(url)?.host || url;
    desk
      .askCertificate(host.slice(0, 300), list.slice(0, MOST_CHOICES).map(ownCertificate))
      .then((chosen) => show(list.find(({ fingerprint }) => fingerprint === chosen)))
      .catch((error: unknown) => {
        log.error('certificate.not-chosen', {}, error);
        show();
      });
  });
}
