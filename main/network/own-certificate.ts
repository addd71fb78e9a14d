import type { OwnCertificate } from '../../preload/contract/network.ts';
import type { PolicyValues } from '../policy/schema/table.ts';

/** What is done when a server asks for a certificate of the person's. */
export type CertificateStep = 'ask' | 'show-the-one' | 'show-none';

/** By the policy; of several that fit, only the person can say which. */
export function certificateStep(policy: PolicyValues['clientCertificate'], fitting: number): CertificateStep {
  if (policy === 'never' || fitting === 0) return 'show-none';
  return policy === 'automatic' && fitting === 1 ? 'show-the-one' : 'ask';
}

/** A certificate as Electron gives it; seconds. */
interface Found {
  readonly fingerprint: string;
  readonly subjectName: string;
  readonly issuerName: string;
  readonly validExpiry: number;
}

/** What the person knows it by. */
export function ownCertificate({ fingerprint, subjectName, issuerName, validExpiry }: Found): OwnCertificate {
  return {
    fingerprint,
    subject: subjectName.slice(0, 500),
    issuer: issuerName.slice(0, 500),
    validUntil: Math.max(0, Math.trunc(validExpiry * 1000)),
  };
}
