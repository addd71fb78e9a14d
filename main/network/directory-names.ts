import { type AttributeTypeAndValue, RelativeDistinguishedNames } from 'pkijs';
import { z } from 'zod';

/**
 * Whether a directory name lies below another one, which begins it (RFC 5280 section 4.2.1.10). Null where either can't be
 * read.
 */
export function isBelowDirectory(name: unknown, base: unknown): boolean | null {
  const [parts, first] = [partsOf(name), partsOf(base)];
  if (parts === null || first === null) return null;
  return first.every((part, at) => parts[at] === part);
}

const Sequence = z.object({ valueBlock: z.object({ value: z.array(z.unknown()) }) });

/**
 * The parts of a directory name from its root on, equal ones as equal texts. Attributes come as one list: where a part has
 * several of them, which is rare, it can't be told where it ends.
 */
function partsOf(name: unknown): readonly string[] | null {
  if (!(name instanceof RelativeDistinguishedNames)) return null;
  const parts = Sequence.safeParse(name.toSchema());
  if (parts.data?.valueBlock.value.length !== name.typesAndValues.length) return null;
  return name.typesAndValues.map(asText);
}

/** Texts that differ in case, width or blanks only are one (RFC 5280 section 7.1, RFC 4518). */
function asText({ type, value }: AttributeTypeAndValue): string {
  const text: unknown = value.valueBlock.value;
  if (typeof text !== 'string') return `${type} ${Buffer.from(value.toBER()).toString('hex')}`;
  const alike = text.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ');
  return `${type} ${JSON.stringify(alike)}`;
}
