import { SaxesParser, type SaxesTagNS } from 'saxes';
import { isAbort, RemoteFailure } from '../../model/failures.ts';

/** Namespaces of WebDAV and of its Nextcloud properties. */
export const namespaces = {
  d: 'DAV:',
  oc: 'http://owncloud.org/ns',
  nc: 'http://nextcloud.org/ns',
} as const;

/** One `d:response`: its href and the properties that the server found, by `prefix:name`. */
export interface DavResponse {
  readonly href: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly isCollection: boolean;
}

const prefixes = new Map<string, string>(Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix]));
/** Longest text of one element: names and etags are short, and memory is not the server's to fill. */
const longestText = 64 * 1024;
/** Elements in elements: a multistatus has seven. */
const deepest = 32;
/** Longest document, of one entry, of a folder with half a million, of a tree that is worth asking for at once. */
const longest = { one: 1024 * 1024, folder: 512 * 1024 * 1024, tree: 16 * 1024 * 1024 } as const;

/**
 * Reads a `d:multistatus` as it arrives. Strict: text that is not well-formed XML, or that ends before the
 * document does, fails with `malformed` or `interrupted` and gives nothing, for a listing that is cut short
 * must never be read as a folder with fewer files. One that goes on and on is given up as `malformed`.
 */
export async function readMultistatus(
  body: AsyncIterable<Uint8Array>,
  about: keyof typeof longest,
): Promise<DavResponse[]> {
  let length = 0;
  const reader = new MultistatusReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of body) {
      length += chunk.length;
      if (length > longest[about]) fail('too long');
      reader.write(decoder.decode(chunk, { stream: true }));
    }
    reader.write(decoder.decode());
  } catch (error) {
    if (error instanceof RemoteFailure || isAbort(error)) throw error;
    throw error instanceof TypeError
      ? new RemoteFailure('malformed', { what: 'encoding' }, error)
      : new RemoteFailure('interrupted', {}, error);
  }
  return reader.close();
}

class MultistatusReader {
  readonly #parser = new SaxesParser({ xmlns: true, position: false });
  readonly #responses: DavResponse[] = [];
  readonly #open: string[] = [];
  #text = '';
  #href = '';
  #found = new Map<string, string>();
  #isCollection = false;
  #pending = new Map<string, string>();
  #pendingCollection = false;
  #isWhole = false;

  constructor() {
    this.#parser.on('opentag', (tag) => this.#opened(tag));
    this.#parser.on('closetag', (tag) => this.#closed(tag));
    this.#parser.on('text', (text) => this.#append(text));
    this.#parser.on('cdata', (text) => this.#append(text));
    this.#parser.on('doctype', () => fail('doctype'));
    this.#parser.on('error', (error) => fail(error.message));
  }

  write(text: string): void {
    this.#parser.write(text);
  }

  close(): DavResponse[] {
    this.#parser.close();
    if (!this.#isWhole) fail('no multistatus');
    return this.#responses;
  }

  #opened(tag: SaxesTagNS): void {
    const name = nameOf(tag);
    if (this.#open.length === 0) {
      if (name !== 'd:multistatus') fail('no multistatus');
      this.#isWhole = true;
    }
    this.#open.push(name);
    if (this.#open.length > deepest) fail('too deep');
    this.#text = '';
    if (name === 'd:response') this.#begin();
    if (name === 'd:propstat') this.#beginPropstat();
    if (name === 'd:collection' && this.#open.at(-2) === 'd:resourcetype') this.#pendingCollection = true;
  }

  #closed(tag: SaxesTagNS): void {
    const name = nameOf(tag);
    const text = this.#text;
    this.#open.pop();
    const above = this.#open.at(-1);
    if (name === 'd:href' && above === 'd:response') this.#href = text.trim();
    else if (above === 'd:prop') this.#addProperty(name, text);
    else if (name === 'oc:checksum') this.#addProperty('oc:checksums', text);
    else if (name === 'd:status' && above === 'd:propstat') this.#endPropstat(text);
    else if (name === 'd:response') this.#end();
    this.#text = '';
  }

  #append(text: string): void {
    this.#text += text;
    if (this.#text.length > longestText) fail('text too long');
  }

  #begin(): void {
    this.#href = '';
    this.#found = new Map();
    this.#isCollection = false;
  }

  #beginPropstat(): void {
    this.#pending = new Map();
    this.#pendingCollection = false;
  }

  #addProperty(name: string, text: string): void {
    const before = this.#pending.get(name);
    const value = text.trim();
    if (before === undefined || before === '') this.#pending.set(name, value);
    else if (name === 'oc:checksums' && value !== '') this.#pending.set(name, `${before} ${value}`);
  }

  #endPropstat(status: string): void {
    if (!/^HTTP\/\d(?:\.\d)? 2\d\d/.test(status.trim())) return;
    for (const [name, value] of this.#pending) this.#found.set(name, value);
    this.#isCollection ||= this.#pendingCollection;
  }

  #end(): void {
    if (this.#href === '') fail('response without href');
    this.#responses.push({ href: this.#href, properties: this.#found, isCollection: this.#isCollection });
  }
}

function nameOf(tag: SaxesTagNS): string {
  return `${prefixes.get(tag.uri) ?? '?'}:${tag.local}`;
}

function fail(what: string): never {
  throw new RemoteFailure('malformed', { what: what.slice(0, 200) });
}
