import type { DoubtfulServer } from '../../preload/contract/network.ts';

/** What Chromium says of a certificate that it does not accept; times in seconds, as Electron gives them. */
export interface RefusedCertificate {
  readonly hostname: string;
  /** Of net/base/net_error_list.h in Chromium. */
  readonly errorCode: number;
  readonly verificationResult: string;
  readonly certificate: {
    readonly subjectName: string;
    readonly issuerName: string;
    readonly validStart: number;
    readonly validExpiry: number;
  };
}

/** What there is to tell of it: to the person, and to those who run the server. */
export function doubtfulServer(refused: RefusedCertificate, now: Date): DoubtfulServer {
  const { hostname, verificationResult, certificate } = refused;
  const { subjectName, issuerName, validStart, validExpiry } = certificate;
  return {
    host: hostname.slice(0, 300),
    reason: reasonOf(refused, now),
    subject: subjectName.slice(0, 200),
    issuer: issuerName.slice(0, 200),
    validFrom: timestamp(validStart),
    validUntil: timestamp(validExpiry),
    code: verificationResult.slice(0, 100),
  };
}

/** The last moment that a Date can be; milliseconds since 1970. */
const LAST_MOMENT = 8.64e15;

/** Milliseconds as the contract has them; a certificate may name any time, also one before 1970. */
function timestamp(seconds: number): number {
  return Math.min(LAST_MOMENT, Math.max(0, Math.trunc(seconds * 1000) || 0));
}

function reasonOf({ errorCode, certificate }: RefusedCertificate, now: Date): DoubtfulServer['reason'] {
  switch (errorCode) {
    case -200:
      return 'other-name';
    case -201:
      return certificate.validStart * 1000 > now.getTime() ? 'not-begun' : 'ended';
    case UNKNOWN_AUTHORITY:
      return 'unknown-authority';
    case -206:
      return 'revoked';
    default:
      return 'other';
  }
}

/** ERR_CERT_AUTHORITY_INVALID: the one refusal that an authority of the policy's may lift. */
export const UNKNOWN_AUTHORITY = -202;
