import type { z } from 'zod';

/**
 * Checks what came from another process. Null for what the schema can't even look at: a length that is an object, say,
 * throws where it is compared.
 */
export function tryParse<T>(schema: z.ZodType<T>, value: unknown): z.ZodSafeParseResult<T> | null {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
