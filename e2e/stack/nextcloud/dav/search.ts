/** SEARCH on /remote.php/dav/: basicsearch over names, types, times, sizes and ids (10/15 to 10/21). */
import type { Exchange } from '../http/exchange.ts';
import { readBody } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import { contentTypeOf } from '../store/mime.ts';
import { encodeHref, parsePath } from '../store/names.ts';
import type { Place } from '../store/view.ts';
import { sendMultistatus } from './multistatus.ts';
import { isFavourite, knownProperty } from './properties.ts';
import { propstats } from './propfind.ts';
import type { XmlElement } from './xml-read.ts';
import { childNamed, parseXml, XmlProblem } from './xml-read.ts';
import { tagsFor } from './xml-write.ts';

/** The query is none the server can answer; the message is its whole answer. */
class SearchProblem extends Error {
  override readonly name = 'SearchProblem';
}

interface Candidate {
  readonly standin: Standin;
  readonly place: Place;
}

type Condition = (candidate: Candidate) => boolean;
type Value = string | number;
type Reader = (candidate: Candidate) => Value;

/** What can be searched by; numbers compare as numbers. */
const searchable: Readonly<Record<string, Reader>> = {
  displayname: ({ place }) => place.names.at(-1) ?? '',
  getcontenttype: ({ place }) =>
    place.node.kind === 'folder' ? 'httpd/unix-directory' : contentTypeOf(place.node.name),
  getlastmodified: ({ place }) => place.node.mtime,
  size: ({ place }) => place.node.size,
  fileid: ({ place }) => place.node.id,
  favorite: ({ standin, place }) => (isFavourite(standin, place) ? 1 : 0),
};

interface Query {
  readonly select: readonly XmlElement[];
  /** Names of the folder to search below. */
  readonly scope: readonly string[];
  readonly matches: Condition;
  readonly order: readonly { readonly read: Reader; readonly descending: boolean }[];
  readonly limit: number;
}

/** Answers a search over the caller's own view, shares included. */
export async function search(standin: Standin, exchange: Exchange, uid: string): Promise<void> {
  const body = (await readBody(exchange)).toString('utf8');
  try {
    const query = parseQuery(body, uid);
    await answer(standin, exchange, uid, query);
  } catch (error) {
    if (error instanceof XmlProblem) {
      reply(exchange, 400, { 'Content-Type': 'text/html; charset=UTF-8' }, `Parse error: ${error.message}`);
    } else if (error instanceof SearchProblem) {
      reply(exchange, 400, { 'Content-Type': 'application/xml; charset="utf-8"' }, error.message);
    } else throw error;
  }
}

async function answer(standin: Standin, exchange: Exchange, uid: string, query: Query): Promise<void> {
  const tags = tagsFor(query.select);
  const readers = query.select.map(({ namespace, local }) => knownProperty(namespace, local));
  const found = findPlaces(standin, uid, query).map((place) => ({ standin, place }));
  const sorted = found.toSorted((a, b) => byOrder(query, a, b)).slice(0, query.limit);
  const write = ({ place }: Candidate) => {
    const entry = { standin, place, listed: true, staleEtags: exchange.staleEtags };
    const path = ['/remote.php/dav/files', uid, ...place.names].join('/');
    const href = encodeHref(place.node.kind === 'folder' ? `${path}/` : path);
    const values = readers.map((read) => read?.(entry));
    return `<d:response><d:href>${href}</d:href>${propstats(tags, values, false)}</d:response>`;
  };
  await sendMultistatus(exchange, sorted, write, null);
}

function findPlaces(standin: Standin, uid: string, query: Query): Place[] {
  const scope = standin.view.find(standin.view.home(uid), query.scope);
  if ('nowhere' in scope) return [];
  const found: Place[] = [];
  const visit = (place: Place): void => {
    if (query.matches({ standin, place })) found.push(place);
    for (const child of standin.view.children(place)) visit(child);
  };
  for (const child of standin.view.children(scope.place)) visit(child);
  return found;
}

function byOrder({ order }: Query, a: Candidate, b: Candidate): number {
  for (const { read, descending } of order) {
    const [left, right] = [read(a), read(b)];
    if (left !== right) return left < right === descending ? 1 : -1;
  }
  // Among equals files come first, then the older id (10/21).
  const [left, right] = [a.place.node, b.place.node];
  return left.kind === right.kind ? left.id - right.id : left.kind === 'file' ? -1 : 1;
}

function parseQuery(body: string, uid: string): Query {
  const root = parseXml(body);
  const basic = dav(root, 'basicsearch');
  const where = dav(basic, 'where')?.children[0];
  const scope = parsePath(dav(dav(dav(basic, 'from'), 'scope'), 'href')?.text ?? '').names;
  if (!basic || !where || scope[0] !== 'files' || scope[1] !== uid)
    throw new SearchProblem('invalid search request');
  return {
    select: dav(dav(basic, 'select'), 'prop')?.children ?? [],
    scope: scope.slice(2),
    matches: conditionFrom(where),
    order: (dav(basic, 'orderby')?.children ?? []).map((each) => ({
      read: readerOf(each),
      descending: dav(each, 'descending') !== undefined,
    })),
    limit: Number(dav(dav(basic, 'limit'), 'nresults')?.text ?? Number.POSITIVE_INFINITY),
  };
}

function conditionFrom(element: XmlElement): Condition {
  const inner = () => element.children.map(conditionFrom);
  switch (element.local) {
    case 'and': {
      const all = inner();
      return (candidate) => all.every((condition) => condition(candidate));
    }
    case 'or': {
      const any = inner();
      return (candidate) => any.some((condition) => condition(candidate));
    }
    case 'not': {
      const none = inner();
      return (candidate) => !none.some((condition) => condition(candidate));
    }
    case 'is-collection':
      return ({ place }) => place.node.kind === 'folder';
    default:
      return comparisonFrom(element);
  }
}

const comparisons: Readonly<Record<string, (left: Value, right: Value) => boolean>> = {
  eq: (left, right) => left === right,
  gt: (left, right) => left > right,
  gte: (left, right) => left >= right,
  lt: (left, right) => left < right,
  lte: (left, right) => left <= right,
  like: (left, right) => likePattern(String(right)).test(String(left)),
};

function comparisonFrom(element: XmlElement): Condition {
  const compare = comparisons[element.local];
  if (!compare) throw new SearchProblem(`unknown search operator ${element.local}`);
  const read = readerOf(element);
  const literal = dav(element, 'literal')?.text ?? '';
  return (candidate) => {
    const value = read(candidate);
    return compare(value, typeof value === 'number' ? numberFrom(literal) : literal);
  };
}

function readerOf(element: XmlElement): Reader {
  const reader = searchable[dav(element, 'prop')?.children[0]?.local ?? ''];
  if (!reader) throw new SearchProblem('requested search property is not searchable');
  return reader;
}

/** A number, or a date as seconds. */
function numberFrom(literal: string): number {
  return /^-?\d+$/.test(literal) ? Number(literal) : Date.parse(literal) / 1000;
}

/** SQL's LIKE: `%` any run, `_` any one character, without regard to case. */
function likePattern(like: string): RegExp {
  const parts = like
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${parts}$`, 'is');
}

function dav(parent: XmlElement | undefined, local: string): XmlElement | undefined {
  return parent && childNamed(parent, 'DAV:', local);
}
