import type { Tree } from './rig.ts';

interface Sent {
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** What must hold, and what is sent. */
interface Attempt {
  readonly etag?: string;
  readonly isNew?: boolean;
  readonly to?: string;
  readonly body?: Uint8Array;
}

/** An entry as a listing of the server shows it; a folder's size is no number. */
export interface Listed {
  readonly path: string;
  readonly isFolder: boolean;
  readonly id: string;
  readonly etag: string;
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
}

/** ms: what takes longer never comes, and is an error rather than a test without an end. */
const patience = 120_000;

/** Someone who works on the server by other means than the engine: plain requests, as few as possible. */
export class DavUser {
  readonly #base: string;
  readonly #headers: Record<string, string>;
  #age = 60;

  constructor(url: string, user: string, password: string) {
    this.#base = `${url}/remote.php/dav/files/${user}`;
    this.#headers = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
  }

  /** Stores a file with a time of some minutes ago, each another, unless the headers say which. */
  put(path: string, content: string | Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
    this.#age += 1;
    const time = { 'x-oc-mtime': String(Math.floor(Date.now() / 1000) - this.#age) };
    return this.#send('PUT', path, {
      headers: { ...time, ...headers },
      body: new Uint8Array(Buffer.from(content)),
    });
  }

  makeFolder(path: string): Promise<Response> {
    return this.#send('MKCOL', path);
  }

  remove(path: string): Promise<Response> {
    return this.#send('DELETE', path);
  }

  move(from: string, to: string): Promise<Response> {
    return this.#send('MOVE', from, { headers: { destination: this.#address(to), overwrite: 'F' } });
  }

  async get(path: string): Promise<string> {
    const response = await this.#send('GET', path);
    return Buffer.from(await response.arrayBuffer()).toString('latin1');
  }

  /** A file as it is now and the version that this is, or nothing. */
  async see(path: string): Promise<{ readonly content: Buffer; readonly etag: string } | undefined> {
    const response = await this.#fetch(path, { headers: this.#headers });
    const content = Buffer.from(await response.arrayBuffer());
    return response.ok ? { content, etag: response.headers.get('etag') ?? '' } : undefined;
  }

  /** Tries something on a condition; gives whether the server did it. */
  async attempt(
    method: 'PUT' | 'MOVE' | 'DELETE' | 'MKCOL',
    path: string,
    { etag, isNew, to, body }: Attempt,
  ): Promise<boolean> {
    const headers: Record<string, string> = { ...this.#headers };
    if (etag !== undefined) headers['if-match'] = etag;
    if (isNew === true) headers['if-none-match'] = '*';
    if (to !== undefined) Object.assign(headers, { destination: this.#address(to), overwrite: 'F' });
    const sent = body === undefined ? {} : { body: new Uint8Array(body) };
    const response = await this.#fetch(path, { method, headers, ...sent });
    await response.arrayBuffer();
    return response.ok;
  }

  /** A folder, as '', and all below it. */
  async list(folder = ''): Promise<Listed[]> {
    const text = await this.#propfind(folder, 'infinity');
    const base = decodeURIComponent(new URL(this.#address(folder)).pathname).replace(/\/$/, '');
    return text
      .split('<d:response>')
      .slice(1)
      .map((entry) => {
        const href = decodeURIComponent(valueOf(entry, 'd:href'));
        return {
          path: href.slice(base.length + 1).replace(/\/$/, ''),
          isFolder: href.endsWith('/'),
          id: valueOf(entry, 'oc:id'),
          etag: valueOf(entry, 'd:getetag').replaceAll(/&quot;|"/g, ''),
          size: Number(valueOf(entry, 'd:getcontentlength')),
          mtime: Date.parse(valueOf(entry, 'd:getlastmodified')) / 1000,
        };
      });
  }

  /** `oc:id`, or nothing when there is no such entry. */
  async id(path: string): Promise<string | undefined> {
    const text = await this.#propfind(path, '0');
    return /<oc:id>([^<]+)</.exec(text)?.[1];
  }

  /** Seconds since 1970. */
  async mtime(path: string): Promise<number> {
    const text = await this.#propfind(path, '0');
    return Date.parse(/<d:getlastmodified>([^<]+)</.exec(text)?.[1] ?? '') / 1000;
  }

  async tree(folder = ''): Promise<Tree> {
    const text = await this.#propfind(folder, 'infinity');
    const base = new URL(this.#address(folder)).pathname.replace(/\/$/, '');
    const tree: Tree = {};
    for (const [, href = ''] of text.matchAll(/<d:href>([^<]+)<\/d:href>/g)) {
      const path = decodeURIComponent(href).slice(decodeURIComponent(base).length + 1);
      if (path === '') continue;
      if (path.endsWith('/')) tree[path.slice(0, -1)] = '/';
      else tree[path] = await this.get(folder === '' ? path : `${folder}/${path}`);
    }
    return Object.fromEntries(Object.entries(tree).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  }

  async #propfind(path: string, depth: string): Promise<string> {
    const body =
      '<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:id/><d:getlastmodified/>' +
      '<d:getetag/><d:getcontentlength/></d:prop></d:propfind>';
    const response = await this.#send('PROPFIND', path, { headers: { depth }, body });
    return response.text();
  }

  async #send(method: string, path: string, { headers, body }: Sent = {}): Promise<Response> {
    const all = { ...this.#headers, ...headers };
    const sent = body === undefined ? {} : { body };
    const response = await this.#fetch(path, { method, headers: all, ...sent });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  #fetch(path: string, what: RequestInit): Promise<Response> {
    return fetch(this.#address(path), { ...what, signal: AbortSignal.timeout(patience) });
  }

  #address(path: string): string {
    return `${this.#base}/${path.split('/').map(encodeURIComponent).join('/')}`;
  }
}

/** The text of a property in one entry of a listing; none is ''. */
function valueOf(entry: string, property: string): string {
  return new RegExp(`<${property}>([^<]*)<`).exec(entry)?.[1] ?? '';
}
