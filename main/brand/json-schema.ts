import { z } from 'zod';
import { Brand } from './schema.ts';

/** The schema of `brand.json` for editors, which then help and warn while a pack is written. */
export function brandJsonSchema(): string {
  const schema = z.toJSONSchema(Brand, { io: 'input', unrepresentable: 'any' });
  return `${JSON.stringify({ ...schema, title: 'Brand pack' }, null, 2)}\n`;
}
