/** Why there was no answer. */
export type HttpFailure =
  | 'offline'
  | 'unreachable'
  | 'certificate'
  /** The server wants one of the person's. */
  | 'own-certificate'
  | 'timeout'
  | 'cancelled'
  | 'too-large'
  /** An address that is neither https nor this machine's own. */
  | 'insecure';

/** No answer came from a server. */
export class HttpError extends Error {
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure, cause?: unknown) {
    super(`no answer: ${failure}`, cause === undefined ? undefined : { cause });
    this.name = 'HttpError';
    this.failure = failure;
  }
}

/** Codes of Node (TLS, system) and of Chromium (`net::ERR_…`). */
const CERTIFICATE = /CERT_|_CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS_CERT|INVALID_CA|PINNED_KEY/;
/** The server's alerts to who shows none, or one that it does not take (RFC 8446, 6.2), and Chromium's word for them. */
const OWN =
  /SSL_CLIENT_AUTH|SSL_INVALID_LIBRARY|ALERT_(?:CERTIFICATE_|HANDSHAKE_FAILURE|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/;
const OFFLINE = /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ENETUNREACH|ENETDOWN/;

/** Reads Node's and Chromium's ways of saying why. */
export function describeFailure(error: unknown, isLate: boolean, isCancelled: boolean): HttpFailure {
  if (isCancelled) return 'cancelled';
  if (isLate) return 'timeout';
  const codes = codesOf(error);
  if (OWN.test(codes)) return 'own-certificate';
  if (CERTIFICATE.test(codes)) return 'certificate';
  return OFFLINE.test(codes) ? 'offline' : 'unreachable';
}

/** The codes of an error and its causes, or the Chromium code that stands in its message. */
function codesOf(error: unknown): string {
  const codes: string[] = [];
  let current = error;
  while (current instanceof Error && codes.length < 10) {
    if ('code' in current) codes.push(String(current.code));
    codes.push(/net::ERR_\w+/.exec(current.message)?.[0] ?? '');
    current = current.cause;
  }
  return codes.join(' ');
}
