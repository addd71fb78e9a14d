import { escapeXml } from './xml-write.ts';

interface DavErrorDetails {
  /** The condition that failed, for 412. */
  readonly header?: string;
  /** Extra response headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Bad names say why and that trying again will not help (03/37). */
  readonly reason?: string;
  /** Says which sabre/dav this is, as the entry script does when it gives up (01/21). */
  readonly version?: boolean;
  /** Closes with an empty list of reports, for 415 (10/24). */
  readonly supportedReport?: boolean;
}

/** A failure as sabre/dav words it: the PHP class name tells clients more than the status. */
export class DavError extends Error {
  override readonly name = 'DavError';
  readonly status: number;
  readonly exception: string;
  readonly details: DavErrorDetails;

  constructor(status: number, exception: string, message = '', details: DavErrorDetails = {}) {
    super(message);
    this.status = status;
    this.exception = exception;
    this.details = details;
  }

  /** The body: indented, with an empty `<s:message/>` where there is nothing to say (FACTS 0). */
  toXml(): string {
    const { header, reason, version, supportedReport } = this.details;
    const owncloud = reason === undefined ? '' : ' xmlns:o="http://owncloud.org/ns"';
    return [
      '<?xml version="1.0" encoding="utf-8"?>',
      `<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"${owncloud}>`,
      ...(version === true ? ['  <s:sabredav-version>4.4.0</s:sabredav-version>'] : []),
      `  <s:exception>${escapeXml(this.exception)}</s:exception>`,
      this.message === '' ? '  <s:message/>' : `  <s:message>${escapeXml(this.message)}</s:message>`,
      ...(header === undefined ? [] : [`  <s:header>${header}</s:header>`]),
      ...(reason === undefined
        ? []
        : ['  <o:retry xmlns:o="o:">false</o:retry>', `  <o:reason xmlns:o="o:">${reason}</o:reason>`]),
      ...(supportedReport === true ? ['  <d:supported-report/>'] : []),
      '</d:error>',
      '',
    ].join('\n');
  }
}

const sabre = (name: string) => `Sabre\\DAV\\Exception\\${name}`;

export const badRequest = (message: string) => new DavError(400, sabre('BadRequest'), message);
export const forbidden = (message = '') => new DavError(403, sabre('Forbidden'), message);
export const notFound = (message = '') => new DavError(404, sabre('NotFound'), message);
export const conflict = (message: string) => new DavError(409, sabre('Conflict'), message);
export const locked = (path: string) =>
  new DavError(423, 'OCA\\DAV\\Connector\\Sabre\\Exception\\FileLocked', `"${path}" is locked`);
export const insufficientStorage = (message: string) =>
  new DavError(507, sabre('InsufficientStorage'), message);
export const notImplemented = (method: string) =>
  new DavError(
    501,
    sabre('NotImplemented'),
    `There was no plugin in the system that was willing to handle this ${method} method.`,
  );
export const maintenance = () =>
  new DavError(503, 'OCA\\DAV\\Exception\\ServerMaintenanceMode', 'System is in maintenance mode.');
export const invalidMtime = (message: string) => new DavError(500, 'InvalidArgumentException', message);

/** 412; `etag` is given when the node exists. */
export function preconditionFailed(header: string, message: string, etag?: string): DavError {
  const headers = etag === undefined ? {} : { headers: { ETag: etag } };
  return new DavError(412, sabre('PreconditionFailed'), message, { header, ...headers });
}

/** 405 with the methods that would do. */
export function methodNotAllowed(message: string, allow: string): DavError {
  return new DavError(405, sabre('MethodNotAllowed'), message, { headers: { Allow: allow } });
}

export function invalidName(message: string): DavError {
  return new DavError(400, 'OCA\\DAV\\Connector\\Sabre\\Exception\\InvalidPath', message, {
    reason: message,
  });
}
