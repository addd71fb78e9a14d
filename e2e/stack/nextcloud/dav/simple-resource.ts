/** PROPFIND for what is no file in somebody's home: uploads, the trash, versions. */
import type { Exchange } from '../http/exchange.ts';
import { header, readBody } from '../http/exchange.ts';
import { encodeHref } from '../store/names.ts';
import { sendMultistatus } from './multistatus.ts';
import type { PropertyValue } from './properties.ts';
import { defaultProperties, propertyKey } from './properties.ts';
import { parsePropfind, propstats, wantsMinimal } from './propfind.ts';
import { tagsFor } from './xml-write.ts';

/** A resource with its few properties, by `{namespace}name`. */
export interface SimpleResource {
  /** Not encoded; collections end in a slash. */
  readonly href: string;
  readonly properties: Readonly<Record<string, PropertyValue>>;
}

export const davProperty = (local: string) => propertyKey('DAV:', local);
export const ocProperty = (local: string) => propertyKey('http://owncloud.org/ns', local);
export const ncProperty = (local: string) => propertyKey('http://nextcloud.org/ns', local);

/** A collection of which nothing more is told. */
export function bareCollection(href: string): SimpleResource {
  return { href, properties: { [davProperty('resourcetype')]: '<d:collection/>' } };
}

/** Answers a PROPFIND: the resource itself at Depth 0, with its members otherwise. */
export async function propfindResources(
  exchange: Exchange,
  self: SimpleResource,
  members: () => Iterable<SimpleResource>,
): Promise<void> {
  const asked = parsePropfind((await readBody(exchange)).toString('utf8'));
  const names = asked ?? defaultProperties;
  const tags = tagsFor(names);
  const keys = names.map(({ namespace, local }) => propertyKey(namespace, local));
  const minimal = asked === null || wantsMinimal(exchange);
  const all = header(exchange, 'depth') === '0' ? [self] : [self, ...members()];
  await sendMultistatus(exchange, all, ({ href, properties }) => {
    const values = keys.map((key) => properties[key]);
    return `<d:response><d:href>${encodeHref(href)}</d:href>${propstats(tags, values, minimal)}</d:response>`;
  });
}
