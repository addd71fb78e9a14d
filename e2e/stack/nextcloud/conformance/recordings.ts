/** The exchanges recorded from a real Nextcloud 24.0.5, as kept in `fixtures/recordings`. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const headerValue = z.union([z.string(), z.array(z.string())]);

const exchangeSchema = z.object({
  /** `03/12-ctime`. */
  id: z.string(),
  why: z.string(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    /** The account, or a link's token; null for nobody. */
    as: z.string().nullable(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
    bodyTruncated: z.string().optional(),
  }),
  /** null when the server closed the connection without a word. */
  response: z
    .object({
      status: z.number(),
      headers: z.record(z.string(), headerValue),
      body: z.string(),
      bodyTruncated: z.string().optional(),
      bodyEncoding: z.string().optional(),
    })
    .nullable(),
  notes: z.unknown(),
});

export type RecordedExchange = z.infer<typeof exchangeSchema>;
export type RecordedResponse = NonNullable<RecordedExchange['response']>;

/** The groups that are replayed, in the order they were recorded. */
export const groups = [
  '01-auth-ocs',
  '02-propfind',
  '03-put',
  '04-etags',
  '05-get',
  '06-mkcol-delete-move',
  '07-chunked-bulk',
  '08-trash-versions-lock',
  '09-shares',
  // Only 10/15 to 10/25: SEARCH and REPORT. The rest of the group is not played.
  '10-other',
  '11-supplement',
  '12-apache',
  '13-supplement-2',
  '14-supplement-3',
  '16-supplement-4',
] as const;

/** All exchanges of a group. */
export function readGroup(group: string): RecordedExchange[] {
  const file = new URL(`../fixtures/recordings/${group}.jsonl`, import.meta.url);
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => exchangeSchema.parse(JSON.parse(line)));
}

/** `03/12`: what facts and comments call an exchange. */
export function shortId(exchange: RecordedExchange): string {
  return exchange.id.slice(0, 5);
}
