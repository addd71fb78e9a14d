import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable, Transform } from 'node:stream';

/** One request with its answer, as the handlers see it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  /** The path as sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** `http://127.0.0.1:port`, or what the client calls us. */
  readonly origin: string;
  /** The request body, after any fault that cuts or slows it. Read it once. */
  readonly body: Readable;
  /** What a streamed answer has to pass, for faults that slow it. */
  readonly outgoing: readonly Transform[];
  /** Apache with mod_deflate stands in front. */
  readonly apache: boolean;
  /** Answer with the etags from before the last change. */
  readonly staleEtags: boolean;
}

export function header(exchange: Exchange, name: string): string | undefined {
  const value = exchange.request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** The whole body as bytes; for requests that are small by nature. */
export async function readBody(exchange: Exchange, limit = 16 * 1024 * 1024): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of exchange.body as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) throw new BodyTooLarge(`body larger than ${limit} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A form or JSON body as named text values, on top of the query's. */
export async function readFields(exchange: Exchange): Promise<Map<string, string>> {
  const fields = new Map(exchange.query);
  const text = (await readBody(exchange)).toString('utf8');
  if (text === '') return fields;
  const isJson = header(exchange, 'content-type')?.startsWith('application/json') === true;
  const entries = isJson ? Object.entries(jsonObject(text)) : new URLSearchParams(text);
  for (const [name, value] of entries) {
    if (value !== null && value !== undefined) fields.set(name, String(value));
  }
  return fields;
}

function jsonObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {}; // PHP reads a broken JSON body as no fields at all.
  }
}
