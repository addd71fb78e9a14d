// Writes the JSON schema of a brand pack from the one that the program checks packs with: node build/brand/schema.ts
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brandJsonSchema } from '../../main/brand/json-schema.ts';

const file = join(import.meta.dirname, 'brand.schema.json');
await writeFile(file, brandJsonSchema());
console.log(`wrote ${file}`);
