import {
  type FailureData,
  isAbort,
  LocalFailure,
  RemoteFailure,
  type RemoteFailureCode,
} from '../../model/failures.ts';

/**
 * What an answer means, by status and the exception that sabre names in the body. The statuses are those of
 * facts/nextcloud.md ("What to do on an answer"); the exceptions were recorded (FACTS.md, sections 1, 3 and 6).
 */
export function failureOf(
  { status, header }: { readonly status: number; readonly header: (name: string) => string | undefined },
  body: string,
  method: string,
): RemoteFailure {
  const exception = /<s:exception>([^<]*)<\/s:exception>/.exec(body)?.[1] ?? '';
  const retryAfter = header('retry-after');
  const data: FailureData = {
    status,
    method,
    ...(exception === '' ? {} : { exception: exception.slice(0, 200) }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
  if (status === 503 && header('x-nextcloud-maintenance-mode') === '1')
    return new RemoteFailure('maintenance', data);
  return new RemoteFailure(
    wantsCertificate(status, body) ? 'certificateWanted' : codeOf(status, method, exception, body),
    data,
  );
}

/**
 * Whether an answer says that a certificate of the person's is missing, or not liked: nginx (`ssl_verify_client`: 400, or
 * its 495 and 496), Apache (`SSLVerifyClient` for a part of the server, TLS 1.3: 403) and IIS (403.7, 403.16) let the
 * connection stand and say it in a page.
 */
export function wantsCertificate(status: number, body: string): boolean {
  if (status === 495 || status === 496) return true;
  if (status === 400) return /No required SSL certificate was sent|The SSL certificate error/.test(body);
  return status === 403 && /Post-Handshake Authentication|403\.(?:7|12|13|16|17)\b.*certificate/is.test(body);
}

const byStatus: Readonly<Record<number, RemoteFailureCode>> = {
  401: 'unauthorised',
  403: 'forbidden',
  404: 'notFound',
  407: 'proxyRefuses',
  412: 'conditionFailed',
  423: 'locked',
  429: 'unavailable',
  502: 'unavailable',
  504: 'unavailable',
};

/** What these say follows from what was asked; to other requests a front server gives them, and means nothing by it. */
const byStatusAndMethod: Readonly<Record<string, RemoteFailureCode>> = {
  '405 MKCOL': 'exists',
  '409 PUT': 'parentMissing',
  '409 MKCOL': 'parentMissing',
  '409 MOVE': 'parentMissing',
  '413 PUT': 'tooLarge',
  '416 GET': 'rangeRefused',
  '507 PUT': 'quotaFull',
  '507 MKCOL': 'quotaFull',
  '507 MOVE': 'quotaFull',
};

function codeOf(status: number, method: string, exception: string, body: string): RemoteFailureCode {
  const known = byStatus[status] ?? byStatusAndMethod[`${status} ${method}`];
  if (known !== undefined) return known;
  if (status === 400) return badRequest(exception, body);
  if (status === 503) return unavailable(exception, body);
  if (status === 507) return 'serverError';
  if (status >= 300 && status < 400) return 'notAServer';
  return status >= 500 ? 'serverError' : 'refused';
}

/** 03: a refused name; 12: a body that ended early. */
function badRequest(exception: string, body: string): RemoteFailureCode {
  if (exception.includes('InvalidPath')) return 'nameRefused';
  if (/Expected filesize/i.test(body)) return 'interrupted';
  return 'refused';
}

/** 01/43: maintenance; 01/51: an account that was disabled. A storage behind the server concerns its folder only. */
function unavailable(exception: string, body: string): RemoteFailureCode {
  if (exception.includes('ServerMaintenanceMode')) return 'maintenance';
  if (/<s:message>[^<]*LoginException/.test(body)) return 'unauthorised';
  return exception.includes('StorageNotAvailable') ? 'serverError' : 'unavailable';
}

/**
 * What it means that a proxy lets nothing through; nothing for any other error. It looks like an abort by the caller, and
 * only its words have the proxy's answer.
 */
export function proxyFailure(error: unknown, signal: AbortSignal): RemoteFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const isRefusal = /Proxy response \(407\)|Proxy Authentication Required/.test(error.message);
  if (isRefusal) return new RemoteFailure('proxyRefuses', { status: 407 }, error);
  return isAbort(error) && !signal.aborted
    ? new RemoteFailure('unreachable', { what: 'proxy' }, error)
    : undefined;
}

/** What Node calls a certificate that does not hold. The last one is for what has no name there: a host that its issuer may not vouch for. */
const badCertificate = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'PATH_LENGTH_EXCEEDED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'CERT_REVOKED',
  'CERT_REJECTED',
  'CERT_UNTRUSTED',
  'UNSPECIFIED',
]);

/**
 * What an error of the connection means. One that breaks while bytes pass may be the fault of that one file,
 * so it does not end the run; if the server is really gone, the next request finds out.
 *
 * @param isTransfer whether bytes of a file or a listing were on their way
 */
export function connectionFailure(error: unknown, isTransfer: boolean): unknown {
  if (isAbort(error) || error instanceof RemoteFailure || error instanceof LocalFailure) return error;
  const code = errorCode(error);
  if (code === undefined) return error;
  if (badCertificate.has(code)) return new RemoteFailure('badCertificate', { code }, error);
  if (isCertificateRefused(code, error)) return new RemoteFailure('certificateWanted', { code }, error);
  if (code.startsWith('ERR_SSL')) return new RemoteFailure('notAServer', { code }, error);
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new RemoteFailure(isTransfer ? 'malformed' : 'notAServer', { code }, error);
  }
  if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH')
    return new RemoteFailure('contentChanged', { code }, error);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return new RemoteFailure('timedOut', { code }, error);
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return new RemoteFailure(isTransfer ? 'interrupted' : 'timedOut', { code }, error);
  }
  return new RemoteFailure(broken.has(code) && isTransfer ? 'interrupted' : 'unreachable', { code }, error);
}

/**
 * Alerts by which a server ends the handshake with somebody who showed no certificate, or one that it does not take (RFC
 * 8446, 6.2). Before TLS 1.3 there was none for a missing one, and servers say `handshake_failure`, which may mean other
 * things. Electron's BoringSSL forgets which alert it was on a connection that stood, and nearly nothing else comes there
 * (`INVALID_LIBRARY`, seen in 22).
 */
const alert =
  /ALERT_(?:CERTIFICATE_(?:REQUIRED|REVOKED|EXPIRED|UNKNOWN)|HANDSHAKE_FAILURE|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)$|SSL alert number (?:4[0-6]|4[89]|116)\b|^ERR_SSL_INVALID_LIBRARY/;

function isCertificateRefused(code: string, error: unknown): boolean {
  if (code.startsWith('ERR_SSL')) return alert.test(code);
  return code === 'EPROTO' && error instanceof Error && alert.test(error.message);
}

const broken = new Set([
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
]);

/** The first code in a chain of causes. */
function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // Not every error of the parser has a code.
  if (error.name === 'HTTPParserError') return 'HPE_INVALID';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return errorCode(error.cause);
}
