import * as fc from 'fast-check';
import { z } from 'zod';
import { tryParse } from './try-parse.ts';

/** Whatever a message can carry. */
export const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withTypedArray: true,
  withNullPrototype: true,
});
const values = fc.oneof(
  anything,
  fc.uuid(),
  fc.string(),
  fc.nat(),
  fc.constantFrom<unknown>('!a:b', '@a:b', '../../etc/passwd', 'https://a.example', null, undefined, true),
  fc.constant({ length: { toString: null, valueOf: null } }),
);
/** The right names with other values, and sometimes one name more. */
export const nearly = (schema: z.ZodType): fc.Arbitrary<unknown> =>
  schema instanceof z.ZodObject
    ? fc
        .tuple(
          fc.record(Object.fromEntries(Object.keys(schema.shape).map((key) => [key, values]))),
          fc.boolean(),
        )
        .map(([record, more]) => (more ? Object.assign(record, { more }) : record))
    : values;

/** Values that a schema does not take, some of them nearly right. */
export const wrongFor = (schema: z.ZodType): fc.Arbitrary<unknown> =>
  fc.oneof(anything, nearly(schema)).filter((value) => tryParse(schema, value)?.success !== true);
