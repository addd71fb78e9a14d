import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Product } from './product.ts';
import { run } from './run.ts';

/** What is read of a component; all else that npm says of it is passed on. */
const Component = z.looseObject({
  'bom-ref': z.string(),
  name: z.string(),
  version: z.string(),
  licenses: z
    .array(
      z.looseObject({
        license: z.looseObject({ id: z.string().optional(), name: z.string().optional() }).optional(),
        expression: z.string().optional(),
      }),
    )
    .optional(),
});
export type Component = z.infer<typeof Component>;

const Bom = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  serialNumber: z.string(),
  metadata: z.looseObject({ timestamp: z.string(), component: z.looseObject({ name: z.string() }) }),
  components: z.array(Component),
});
export type Bom = z.infer<typeof Bom>;

/** The components of the program, as npm knows them from the lock file (CycloneDX). Needs the folder's node_modules. */
export async function componentsOf(root: string): Promise<Bom> {
  return Bom.parse(
    JSON.parse(await run('npm', ['sbom', '--omit', 'dev', '--sbom-format', 'cyclonedx'], { cwd: root })),
  );
}

/**
 * The bill of materials of one product: with Electron, which is no dependency that is installed, and with nothing of the
 * hour or of chance, so that the same sources give the same bytes.
 */
export function billOf(bom: Bom, product: Product, electronVersion: string, date: Date): Bom {
  const electron: Component = {
    'bom-ref': `electron@${electronVersion}`,
    type: 'framework',
    name: 'electron',
    version: electronVersion,
    scope: 'required',
    purl: `pkg:npm/electron@${electronVersion}`,
    licenses: [{ license: { id: 'MIT' } }],
  };
  const components = [...bom.components, electron];
  const component = {
    ...bom.metadata.component,
    type: 'application',
    name: product.id,
    version: product.version,
  };
  return {
    ...bom,
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([product, components]))}`,
    metadata: { ...bom.metadata, timestamp: date.toISOString(), component },
    components,
  };
}

/** How a component says that it may be used. */
export function licenceOf({ licenses = [] }: Component): string {
  const said = licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '');
  return said.filter((one) => one !== '').join(', ');
}

/** A UUID (version 8, RFC 9562) made of a text. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
