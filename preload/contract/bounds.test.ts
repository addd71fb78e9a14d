import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { boundless } from './boundless.ts';
import { ConferenceDomain } from './calls.ts';
import { files, MOST_PASTED_BYTES } from './files.ts';
import { contract } from './index.ts';

/** What can be of any size although its schema does not say so; each has a test below. */
const KNOWN = new Set(['files.addBytes.bytes']);

const requests = Object.entries(contract).flatMap(([domainName, domain]) =>
  Object.entries(domain.requests).map(([name, { request }]) => [`${domainName}.${name}`, request] as const),
);

describe('what a page sends', () => {
  it.each(requests)('has an end in %s', (channel, schema) => {
    const written = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    const found = schema instanceof z.ZodUndefined ? [] : boundless(channel, written);
    expect(found.filter((place) => !KNOWN.has(place))).toEqual([]);
  });

  it('is found when it has none', () => {
    const open = z.strictObject({
      a: z.string(),
      b: z.array(z.number()),
      c: z.string().regex(/^x+$/),
      d: z.strictObject({ e: z.unknown() }),
      f: z.string().max(3),
    });
    expect(boundless('', z.toJSONSchema(open))).toEqual(['.a', '.b', '.c', '.d.e']);
  });

  it('ends at some bytes and at some facts of a log line', () => {
    const bytes = files.requests.addBytes.request.shape.bytes;
    expect(bytes.safeParse(new Uint8Array(MOST_PASTED_BYTES)).success).toBe(true);
    expect(bytes.safeParse(new Uint8Array(MOST_PASTED_BYTES + 1)).success).toBe(false);
    const line = (details: object) =>
      contract.app.requests.log.request.safeParse({ level: 'info', event: 'a', details }).success;
    expect(line({ n: 1 })).toBe(true);
    expect(line(Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`n${n}`, n])))).toBe(false);
    expect(line({ 'a\n2026-01-01 error forged': 1 })).toBe(false);
  });

  it('names a conference server in one way', () => {
    expect(ConferenceDomain.parse('Visio.Metropole.example:8443')).toBe('visio.metropole.example:8443');
    for (const wrong of ['visio.example/a', 'visio.example;script-src *', 'a b', '', 'x:123456'])
      expect(ConferenceDomain.safeParse(wrong).success).toBe(false);
  });
});
