import { z } from 'zod';

/** Lines that only one version has, that both have, or that both have and that are left out. */
export const DifferencePart = z.discriminatedUnion('side', [
  z.strictObject({ side: z.enum(['there', 'here', 'both']), lines: z.array(z.string().max(700)) }),
  z.strictObject({ side: z.literal('skipped'), count: z.number().int().positive() }),
]);
export type DifferencePart = z.infer<typeof DifferencePart>;

/** What differs between two versions, as far as it can be shown. */
export const Difference = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('equal') }),
  z.strictObject({ kind: z.literal('lines'), parts: z.array(DifferencePart).max(5000), isCut: z.boolean() }),
  z.strictObject({
    kind: z.literal('none'),
    /** `invisible`: text that differs in nothing one sees (line ends, encoding). */
    why: z.enum(['not-text', 'too-large', 'too-different', 'invisible', 'missing']),
  }),
]);
export type Difference = z.infer<typeof Difference>;
