import type { Exchange } from '../http/exchange.ts';
import { header, readBody } from '../http/exchange.ts';
import type { Standin } from '../standin.ts';
import { encodeHref } from '../store/names.ts';
import type { Place } from '../store/view.ts';
import { badRequest } from './dav-error.ts';
import type { DavRequest } from './dav-request.ts';
import { sendMultistatus } from './multistatus.ts';
import type { Entry, PropertyValue } from './properties.ts';
import { defaultProperties, knownProperty, propertyKey } from './properties.ts';
import { childNamed, parseXml, XmlProblem } from './xml-read.ts';
import type { QName, Tag } from './xml-write.ts';
import { element, tagsFor } from './xml-write.ts';

/** What a PROPFIND asks for; null means the default set, of which missing ones are left out. */
export type Asked = readonly QName[] | null;

/** Reads the body: none, allprop and propname all mean the default properties (02/13 to 02/15). */
export function parsePropfind(body: string): Asked {
  if (body === '') return null;
  const root = readXml(body);
  if (root.namespace !== 'DAV:' || root.local !== 'propfind') {
    throw badRequest(
      `Expected {DAV:}propfind but received {${root.namespace}}${root.local} as the root element`,
    );
  }
  return childNamed(root, 'DAV:', 'prop')?.children ?? null;
}

/** Parses or says 400 in libxml's words. */
export function readXml(body: string) {
  try {
    return parseXml(body);
  } catch (error) {
    if (error instanceof XmlProblem) throw badRequest(error.message);
    throw error;
  }
}

/** Whether the client wants no 404 block: `Prefer: return=minimal` or `Brief: t` (02/27, 02/28). */
export function wantsMinimal(exchange: Exchange): boolean {
  return header(exchange, 'brief') === 't' || header(exchange, 'prefer')?.includes('return=minimal') === true;
}

/** Turns values into the propstat blocks of one response, found ones first. */
export function propstats(tags: readonly Tag[], values: readonly PropertyValue[], minimal: boolean): string {
  let found = '';
  let missing = '';
  for (const [index, tag] of tags.entries()) {
    const value = values[index];
    if (value === undefined) missing += element(tag, null);
    else found += element(tag, value);
  }
  const blocks: string[] = [];
  if (found !== '' || missing === '' || minimal) blocks.push(propstat(found, '200 OK'));
  if (missing !== '' && !minimal) blocks.push(propstat(missing, '404 Not Found'));
  return blocks.join('');
}

export function propstat(content: string, status: string): string {
  const prop = content === '' ? '<d:prop/>' : `<d:prop>${content}</d:prop>`;
  return `<d:propstat>${prop}<d:status>HTTP/1.1 ${status}</d:status></d:propstat>`;
}

/** PROPFIND of a file or folder in somebody's files. */
export async function propfind(standin: Standin, request: DavRequest): Promise<void> {
  const { exchange } = request;
  const asked = parsePropfind((await readBody(exchange)).toString('utf8'));
  const place = request.requirePlace();
  const write = responseWriter(standin, request, asked, place);
  await sendMultistatus(exchange, walk(standin, place, depthOf(exchange)), write, request.features);
}

/** A number counts as it is, `infinity` means all, anything else and no header mean 1 (02/10 to 02/12). */
function depthOf(exchange: Exchange): number {
  const depth = header(exchange, 'depth') ?? '1';
  if (depth.toLowerCase() === 'infinity') return Number.POSITIVE_INFINITY;
  return /^\d+$/.test(depth) ? Number(depth) : 1;
}

/** The place and what lies below it, parents first. */
function* walk(standin: Standin, place: Place, depth: number): Generator<Place> {
  yield place;
  if (depth > 0) for (const child of standin.view.children(place)) yield* walk(standin, child, depth - 1);
}

/** Writes one response; the place asked for keeps the spelling it was asked by. */
function responseWriter(standin: Standin, request: DavRequest, asked: Asked, top: Place) {
  const names = asked ?? defaultProperties;
  const tags = tagsFor(names);
  const readers = names.map(
    ({ namespace, local }) => knownProperty(namespace, local) ?? storedProperty(namespace, local),
  );
  const minimal = asked === null || wantsMinimal(request.exchange);
  const { staleEtags } = request.exchange;
  return (place: Place): string => {
    const listed = place !== top;
    const href = listed ? request.hrefOf(place) : request.hrefAsAsked();
    const values = readers.map((read) => read({ standin, place, listed, staleEtags }));
    return `<d:response><d:href>${encodeHref(href)}</d:href>${propstats(tags, values, minimal)}</d:response>`;
  };
}

/** A property some client once set (06/66, 06/67). */
function storedProperty(namespace: string, local: string) {
  const key = propertyKey(namespace, local);
  return ({ standin, place }: Entry): PropertyValue =>
    standin.db.get('SELECT value FROM properties WHERE node=? AND name=?', place.node.id, key)?.text('value');
}
