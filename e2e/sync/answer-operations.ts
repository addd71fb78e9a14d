import { renameSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { type FaultName, faultNames } from './answers.ts';
import type { DavUser } from './dav-user.ts';
import type { Computer, Tree } from './rig.ts';

/** One request of the engine about one path, for a key of which there are many at a time. */
export interface Operation {
  /** What both sides have before. */
  readonly before?: (key: string) => Tree;
  /** Leads to it. */
  readonly change: (key: string, desk: Computer, ana: DavUser, root: string) => unknown;
  readonly is: (asked: IncomingMessage, key: string) => boolean;
  /** The path that the person is told of. */
  readonly path?: (key: string) => string;
  /** What both sides have in the end. */
  readonly after: (key: string) => Tree;
  /** What it makes of an answer, where that is not what others make of it; nothing: it can't tell. */
  readonly differs: Partial<Record<FaultName, string | undefined>>;
}

/** Every way in which a folder's listing fails is one to the person: the folder is left as it is. */
const listingFailed = Object.fromEntries(faultNames.map((name) => [name, 'listingFailed']));
const unseen = { '204 for anything': undefined } as const;

/** Longer than what others send, so that a quota that is told of stops none of them. */
const ownVersion = (key: string): string => `${key} ${'x'.repeat(key.startsWith('507') ? 900 : 20)}`;
const large = (key: string): string => `${key} ${'part '.repeat(key.startsWith('507') ? 600 : 500)}`;

const pathOf = ({ url = '' }: IncomingMessage): string => decodeURIComponent(url).replace(/\/$/, '');
const isOf = (asked: IncomingMessage, method: string, ending: string): boolean =>
  asked.method === method && pathOf(asked).endsWith(`/${ending}`);
/** Requests about parts name the file by where it is to be. */
const isMeantFor = ({ headers }: IncomingMessage, key: string): boolean =>
  decodeURIComponent(String(headers['destination'])).endsWith(`/${key}`);

export const operations: Readonly<Record<string, Operation>> = {
  'a listing of a folder': {
    before: (key) => ({ [key]: '/', [`${key}/a`]: `a of ${key}` }),
    change: (key, _, ana, root) => ana.put(`${root}/${key}/a`, `a of ${key}, changed there`),
    is: (asked, key) => isOf(asked, 'PROPFIND', key) && asked.headers.depth === '1',
    after: (key) => ({ [key]: '/', [`${key}/a`]: `a of ${key}, changed there` }),
    differs: listingFailed,
  },
  GET: {
    before: (key) => ({ [key]: key }),
    change: (key, _, ana, root) => ana.put(`${root}/${key}`, `${key}, changed there`),
    is: (asked, key) => isOf(asked, 'GET', key),
    after: (key) => ({ [key]: `${key}, changed there` }),
    differs: {
      '409': 'serverError',
      '416': 'changing',
      '507': 'serverError',
      '204 for anything': 'malformedAnswer',
    },
  },
  'a PUT of a new file': {
    change: (key, desk) => desk.write(key, ownVersion(key)),
    is: (asked, key) => isOf(asked, 'PUT', key),
    after: (key) => ({ [key]: ownVersion(key) }),
    differs: { '413': 'tooLarge' },
  },
  // Of the same length: nothing but a checksum tells that it did not arrive.
  'a PUT of a new version': {
    before: (key) => ({ [key]: ownVersion(key).toUpperCase() }),
    change: (key, desk) => desk.write(key, ownVersion(key), 30),
    is: (asked, key) => isOf(asked, 'PUT', key),
    after: (key) => ({ [key]: ownVersion(key) }),
    differs: { '413': 'tooLarge' },
  },
  MKCOL: {
    change: (key, desk) => desk.write(`${key}/inside`, `inside ${key}`),
    is: (asked, key) => isOf(asked, 'MKCOL', key),
    after: (key) => ({ [key]: '/', [`${key}/inside`]: `inside ${key}` }),
    differs: { '405': 'changing', '204 for anything': 'malformedAnswer' },
  },
  MOVE: {
    before: (key) => ({ [key]: key }),
    change: (key, desk) => renameSync(desk.path(key), desk.path(`moved ${key}`)),
    is: (asked, key) => isOf(asked, 'MOVE', key),
    path: (key) => `moved ${key}`,
    after: (key) => ({ [`moved ${key}`]: key }),
    differs: unseen,
  },
  'a DELETE of a file': {
    before: (key) => ({ [key]: key }),
    change: (key, desk) => rmSync(desk.path(key)),
    is: (asked, key) => isOf(asked, 'DELETE', key),
    after: () => ({}),
    differs: { ...unseen, '409': 'serverError', '507': 'serverError' },
  },
  'a look at a folder before its DELETE': {
    before: (key) => ({ [key]: '/', [`${key}/a`]: `a of ${key}` }),
    change: (key, desk) => rmSync(desk.path(key), { recursive: true }),
    is: (asked, key) => isOf(asked, 'PROPFIND', key) && asked.headers.depth === '0',
    after: () => ({}),
    differs: {
      '409': 'serverError',
      '507': 'serverError',
      '204 for anything': 'malformedAnswer',
      'closed in mid-answer': 'interrupted',
    },
  },
  'a DELETE of a folder': {
    before: (key) => ({ [key]: '/', [`${key}/a`]: `a of ${key}` }),
    change: (key, desk) => rmSync(desk.path(key), { recursive: true }),
    is: (asked, key) => isOf(asked, 'DELETE', key),
    after: () => ({}),
    differs: { ...unseen, '409': 'serverError', '507': 'serverError' },
  },
  'a MKCOL for parts': {
    change: (key, desk) => desk.write(key, large(key)),
    is: (asked, key) => asked.method === 'MKCOL' && isMeantFor(asked, key),
    after: (key) => ({ [key]: large(key) }),
    differs: { '405': 'changing', '204 for anything': 'malformedAnswer' },
  },
  'a PUT of a part': {
    change: (key, desk) => desk.write(key, large(key)),
    is: (asked, key) => isOf(asked, 'PUT', '00002') && isMeantFor(asked, key),
    after: (key) => ({ [key]: large(key) }),
    differs: { '413': 'tooLarge', '204 for anything': 'serverError' },
  },
  'a MOVE of parts': {
    before: (key) => ({ [key]: large(key).toUpperCase() }),
    change: (key, desk) => desk.write(key, large(key), 30),
    is: (asked, key) => isOf(asked, 'MOVE', '.file') && isMeantFor(asked, key),
    after: (key) => ({ [key]: large(key) }),
    // It says that the parts will be put together.
    differs: { '202 for anything': 'changing' },
  },
};
