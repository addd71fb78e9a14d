import { z } from 'zod';

const Node = z.looseObject({
  type: z.string().optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  pattern: z.string().optional(),
});
/** The places of a JSON schema where a sender could send as much as it likes; for tests. */
export function boundless(where: string, schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap((part) => boundless(where, part));
  if (typeof schema !== 'object' || schema === null) return [];
  const node = Node.parse(schema);
  const inner = Object.entries({ ...node, properties: undefined }).flatMap(([, part]) =>
    boundless(where, part),
  );
  const named = Object.entries(z.record(z.string(), z.unknown()).parse(node['properties'] ?? {}));
  return [
    ...(isBoundless(node) ? [where] : []),
    ...inner,
    ...named.flatMap(([name, part]) => boundless(`${where}.${name}`, part)),
  ];
}

function isBoundless(node: z.infer<typeof Node>): boolean {
  if (Object.keys(node).length === 0) return true; // anything at all
  if (node.type === 'array') return node.maxItems === undefined;
  if (node.type !== 'string' || 'enum' in node || 'const' in node || node['format'] === 'uuid') return false;
  const repeats = (node.pattern ?? '*').replaceAll(/\[[^\]]*\]/g, '');
  return node.maxLength === undefined && /[*+]|,\}/.test(repeats);
}
