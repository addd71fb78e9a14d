import { escapeXml } from '../dav/xml-write.ts';
import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import type { Headers } from '../http/reply.ts';
import { phpJson, reply } from '../http/reply.ts';

/** Plain data as an OCS answer can carry it. */
export type OcsData =
  | string
  | number
  | boolean
  | null
  | readonly OcsData[]
  | { readonly [key: string]: OcsData };

/** A failure in OCS terms: the status is the HTTP status of v2. */
export class OcsError extends Error {
  override readonly name = 'OcsError';
  readonly status: number;
  /** The code in the body where it differs from the status. */
  readonly code: number;
  /** null goes out as null (09/79). */
  readonly text: string | null;

  constructor(status: number, text: string | null, code = status) {
    super(text ?? '');
    this.status = status;
    this.code = code;
    this.text = text;
  }
}

/** Reason phrases OCS writes with a small letter (FACTS 0). */
const reasons: Readonly<Record<number, string>> = { 400: 'Bad request' };

const pageHeaders = {
  'Cache-Control': 'no-cache, no-store, must-revalidate',
  'Content-Security-Policy': "default-src 'none';base-uri 'none';manifest-src 'self';frame-ancestors 'none'",
};

/** Answers 200 with data, in the format and version asked for. */
export function replyOcs(exchange: Exchange, data: OcsData, headers: Headers = {}): void {
  const isV1 = exchange.path.startsWith('/ocs/v1.php');
  sendOcs(exchange, 200, { status: 'ok', statuscode: isV1 ? 100 : 200, message: 'OK' }, data, headers);
}

/** Answers a failure; v1 always says HTTP 200 but for a missing login. */
export function replyOcsError(exchange: Exchange, error: OcsError): void {
  const isV1 = exchange.path.startsWith('/ocs/v1.php');
  const status = isV1 && error.status !== 401 ? 200 : error.status;
  sendOcs(exchange, status, { status: 'failure', statuscode: error.code, message: error.text }, [], {});
}

/** 401 for a wrong password: XML whatever was asked for (01/09). */
export function replyWrongPassword(exchange: Exchange): void {
  const body = ocsXml({ status: 'failure', statuscode: 997, message: 'Unauthorised' }, []);
  send(exchange, 401, body, {
    'WWW-Authenticate': 'Basic realm="Authorisation Required"',
    'Content-Type': 'text/xml; charset=UTF-8',
  });
}

/** 412 when the OCS-APIRequest header is missing (01/08). */
export function replyCsrf(exchange: Exchange): void {
  send(exchange, 412, '{"message":"CSRF check failed"}', {
    'Content-Type': 'application/json; charset=utf-8',
  });
}

interface Meta {
  readonly status: string;
  readonly statuscode: number;
  readonly message: string | null;
}

function sendOcs(exchange: Exchange, status: number, meta: Meta, data: OcsData, headers: Headers): void {
  const isV1 = exchange.path.startsWith('/ocs/v1.php');
  const fullMeta = isV1 ? { ...meta, totalitems: '', itemsperpage: '' } : { ...meta };
  if (wantsJson(exchange)) {
    const body = phpJson({ ocs: { meta: fullMeta, data } });
    send(exchange, status, body, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  } else {
    send(exchange, status, ocsXml(fullMeta, data), {
      'Content-Type': 'application/xml; charset=utf-8',
      ...headers,
    });
  }
}

function send(exchange: Exchange, status: number, body: string, headers: Headers): void {
  exchange.request.resume();
  reply(exchange, status, { ...pageHeaders, ...headers }, body, reasons[status]);
}

function wantsJson(exchange: Exchange): boolean {
  const format = exchange.query.get('format');
  if (format !== null) return format === 'json';
  return header(exchange, 'accept')?.includes('json') === true;
}

function ocsXml(meta: Meta, data: OcsData): string {
  return `<?xml version="1.0"?>\n<ocs>\n${xmlElement('meta', { ...meta }, 1)}${xmlElement('data', data, 1)}</ocs>\n`;
}

/** PHP's picture of a value: null and empty lists are empty elements, true is 1, false is nothing (01/04, 09/36). */
function xmlElement(name: string, value: OcsData, depth: number): string {
  const indent = ' '.repeat(depth);
  if (value === null) return `${indent}<${name}/>\n`;
  if (typeof value !== 'object') return `${indent}<${name}>${scalar(value)}</${name}>\n`;
  const entries = isList(value) ? value.map((each) => ['element', each] as const) : Object.entries(value);
  if (entries.length === 0) return `${indent}<${name}/>\n`;
  const children = entries.map(([key, child]) =>
    xmlElement(/^\d+$/.test(key) ? 'element' : key, child, depth + 1),
  );
  return `${indent}<${name}>\n${children.join('')}${indent}</${name}>\n`;
}

function isList(value: OcsData): value is readonly OcsData[] {
  return Array.isArray(value);
}

function scalar(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? '1' : '';
  return escapeXml(String(value));
}
