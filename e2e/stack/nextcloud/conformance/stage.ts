/** Sets a server up the way the recordings presuppose, through its own API. */
import { createHash } from 'node:crypto';
import type { XmlElement } from '../dav/xml-read.ts';
import { parseXml } from '../dav/xml-read.ts';
import type { Likeness } from './likeness.ts';
import type { ServerUnderTest } from './server-under-test.ts';
import type { WireResponse } from './wire.ts';
import { send } from './wire.ts';

interface PutOptions {
  readonly mtime?: number;
  /** Sends the right SHA-1 along. */
  readonly checksum?: boolean;
}

/** What a preparation step can do. Failures throw: a set-up that fails must not look like a difference. */
export class Stage {
  readonly server: ServerUnderTest;
  readonly likeness: Likeness;

  constructor(server: ServerUnderTest, likeness: Likeness) {
    this.server = server;
    this.likeness = likeness;
  }

  async put(uid: string, path: string, body: string | Buffer, options: PutOptions = {}): Promise<void> {
    const bytes = Buffer.from(body);
    const headers = {
      ...(options.mtime === undefined ? {} : { 'X-OC-MTime': String(options.mtime) }),
      ...(options.checksum === true
        ? { 'OC-Checksum': `SHA1:${createHash('sha1').update(bytes).digest('hex')}` }
        : {}),
    };
    await this.#dav(uid, 'PUT', `files/${uid}${path}`, headers, bytes);
  }

  /** Makes folders, each after its parent. */
  async folders(uid: string, ...paths: string[]): Promise<void> {
    for (const path of paths) await this.#dav(uid, 'MKCOL', `files/${uid}${path}`);
  }

  async delete(uid: string, path: string): Promise<void> {
    await this.#dav(uid, 'DELETE', `files/${uid}${path}`);
  }

  async emptyTrash(uid: string): Promise<void> {
    await this.#dav(uid, 'DELETE', `trashbin/${uid}/trash`);
  }

  async favourite(uid: string, path: string): Promise<void> {
    const body = `<?xml version="1.0"?><d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop><oc:favorite>1</oc:favorite></d:prop></d:set></d:propertyupdate>`;
    await this.#dav(uid, 'PROPPATCH', `files/${uid}${path}`, {}, Buffer.from(body));
  }

  async upload(uid: string, name: string): Promise<void> {
    await this.#dav(uid, 'MKCOL', `uploads/${uid}/${name}`);
  }

  async chunk(uid: string, upload: string, name: string, body: string): Promise<void> {
    await this.#dav(uid, 'PUT', `uploads/${uid}/${upload}/${name}`, {}, Buffer.from(body));
  }

  /** Shares a folder with an account; gives the share's id. */
  async share(uid: string, path: string, shareWith: string, permissions: number): Promise<string> {
    const answer = await this.ocs(uid, 'POST', 'apps/files_sharing/api/v1/shares', {
      path,
      shareType: '0',
      shareWith,
      permissions: String(permissions),
    });
    return /"id":"(\d+)"/.exec(answer)?.[1] ?? '';
  }

  async ocs(uid: string, method: string, route: string, fields: Record<string, string>): Promise<string> {
    const response = await this.#send(
      uid,
      method,
      `/ocs/v2.php/${route}?format=json`,
      {
        'OCS-APIRequest': 'true',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      Buffer.from(new URLSearchParams(fields).toString()),
    );
    return this.#fine(response, `${method} ${route}`).body.toString('utf8');
  }

  /** The content of a file, as text. */
  async read(uid: string, path: string): Promise<string> {
    return (await this.#dav(uid, 'GET', `files/${uid}${path}`)).body.toString('utf8');
  }

  /** What is at a path that must be there. */
  async stat(uid: string, path: string): Promise<Entry> {
    const entry = await this.look(uid, path);
    if (!entry) throw new Error(`${path} is not there`);
    return entry;
  }

  /** What is at a path, or null. */
  async look(uid: string, path: string): Promise<Entry | null> {
    const response = await this.#propfind(uid, path, '0');
    if (response.status === 404) return null;
    const [entry] = entriesIn(this.#fine(response, `PROPFIND ${path}`), uid).values();
    return entry ?? null;
  }

  /** Everything at and below a path, by path below the home without a closing slash. */
  async list(uid: string, path: string, depth: string): Promise<Map<string, Entry>> {
    return entriesIn(this.#fine(await this.#propfind(uid, path, depth), `PROPFIND ${path}`), uid);
  }

  /** Tells that a path's etag is the one the recording calls so. */
  async learnEtag(uid: string, path: string, recorded: string): Promise<void> {
    this.#learn('etag', recorded, (await this.stat(uid, path)).etag.replaceAll('"', ''));
  }

  async learnFileId(uid: string, path: string, recorded: string): Promise<void> {
    this.#learn('file id', recorded, (await this.stat(uid, path)).fileid);
  }

  /** Leaves so many bytes free. */
  async leaveFree(uid: string, bytes: number): Promise<void> {
    const { size } = await this.stat(uid, '');
    await this.server.setQuota(uid, size + bytes);
  }

  #learn(kind: 'etag' | 'file id', recorded: string, actual: string): void {
    const problem = this.likeness.pair(kind, recorded, actual);
    if (problem !== null) throw new Error(problem);
  }

  #propfind(uid: string, path: string, depth: string): Promise<WireResponse> {
    const body = Buffer.from(wantedProperties);
    return this.#send(
      uid,
      'PROPFIND',
      encodeURI(`/remote.php/dav/files/${uid}${path}`),
      { Depth: depth },
      body,
    );
  }

  async #dav(
    uid: string,
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body: Buffer = Buffer.alloc(0),
  ): Promise<WireResponse> {
    const response = await this.#send(uid, method, encodeURI(`/remote.php/dav/${path}`), headers, body);
    return this.#fine(response, `${method} ${path}`);
  }

  #send(
    uid: string,
    method: string,
    path: string,
    headers: Record<string, string>,
    body: Buffer,
  ): Promise<WireResponse> {
    const authorization = basic(uid, this.server.passwordOf(uid));
    return send(this.server.origin, {
      method,
      path,
      headers: { Authorization: authorization, ...headers },
      body,
    });
  }

  #fine(response: WireResponse, what: string): WireResponse {
    if (response.status >= 300)
      throw new Error(`${what}: ${response.status} ${response.body.toString('utf8')}`);
    return response;
  }
}

const wantedProperties = `<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><d:getetag/><d:getlastmodified/><oc:id/><oc:fileid/><oc:size/><oc:permissions/><oc:checksums/></d:prop></d:propfind>`;

/** One line of a listing; etags have their quotes. */
export interface Entry {
  readonly id: string;
  readonly permissions: string;
  /** Empty when none is stored. */
  readonly checksum: string;
  readonly etag: string;
  readonly mtime: string;
  readonly fileid: string;
  readonly size: number;
}

export function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

function entriesIn(response: WireResponse, uid: string): Map<string, Entry> {
  const base = `/remote.php/dav/files/${uid}`;
  const entries = parseXml(response.body.toString('utf8')).children.map((each): [string, Entry] => {
    const leaf = (name: string) => findLeaf(each, name)?.text ?? '';
    const path = decodeURIComponent(leaf('href')).slice(base.length).replace(/\/$/, '');
    return [
      path === '' ? '/' : path,
      {
        etag: leaf('getetag'),
        mtime: leaf('getlastmodified'),
        id: leaf('id'),
        fileid: leaf('fileid'),
        size: Number(leaf('size')),
        permissions: leaf('permissions'),
        checksum: leaf('checksum'),
      },
    ];
  });
  return new Map(entries);
}

function findLeaf(element: XmlElement, local: string): XmlElement | undefined {
  if (element.local === local) return element;
  for (const child of element.children) {
    const found = findLeaf(child, local);
    if (found) return found;
  }
  return undefined;
}
