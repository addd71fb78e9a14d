import type { Exchange } from '../http/exchange.ts';
import { readFields } from '../http/exchange.ts';
import type { Standin } from '../standin.ts';
import type { Caller } from '../store/accounts.ts';
import type { OcsData } from './ocs-reply.ts';

/** A signed-in OCS request. */
export interface OcsRequest {
  readonly standin: Standin;
  readonly exchange: Exchange;
  readonly caller: Caller;
  /** What the route's placeholders matched. */
  readonly params: readonly string[];
  /** Query and body fields together. */
  readonly fields: ReadonlyMap<string, string>;
}

export type OcsHandler = (request: OcsRequest) => OcsData;

/** Reads the fields of a form, JSON body and query. */
export async function ocsRequest(
  standin: Standin,
  exchange: Exchange,
  caller: Caller,
  params: readonly string[],
): Promise<OcsRequest> {
  return { standin, exchange, caller, params, fields: await readFields(exchange) };
}
