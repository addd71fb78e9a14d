import { parseXML } from 'webdav';
import { z } from 'zod';
import type { FilesAccess } from '../accounts/accounts.ts';
import { throwIfRefused } from '../accounts/nextcloud.ts';
import { AppError } from '../contract/app-error.ts';
import { ask } from '../http/answers.ts';
import type { Http, HttpAnswer, HttpRequest } from '../http/http.ts';

/** An entry of the person's files, as far as salons need it. `path` starts with `/` and has no slash at its end. */
export interface DavEntry {
  readonly path: string;
  readonly fileId: string;
  readonly isFolder: boolean;
  readonly etag: string;
  /** Letters of oc:permissions; R: it may be shared on. */
  readonly permissions: string;
  /** When its content came to the server, seconds since 1970; null when the server does not say. */
  readonly uploadedAt: number | null;
  /** Whose it is: other people's is shared with the person. Null when the server does not say. */
  readonly owner: { readonly userId: string; readonly name: string } | null;
  /** When its content was written, ms since 1970; null when the server does not say. */
  readonly modifiedAt: number | null;
  /** Bytes, of a folder those of all that is below it; null when the server does not say. */
  readonly size: number | null;
}

const PROPERTIES =
  '<d:prop><d:resourcetype/><d:getetag/><oc:fileid/><oc:permissions/><oc:size/><nc:upload_time/>' +
  '<d:getlastmodified/><oc:owner-id/><oc:owner-display-name/></d:prop>';
const SPACES = 'xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"';

/** The few WebDAV requests that salons need; bodies of files go through the sync engine. */
export class Dav {
  readonly #http: Http;
  readonly #access: FilesAccess;

  constructor(http: Http, access: FilesAccess) {
    this.#http = http;
    this.#access = access;
  }

  /** A folder itself and what is directly in it; null when it is not there. Throws when the server did not say. */
  async list(path: string, depth: '0' | '1', signal?: AbortSignal): Promise<readonly DavEntry[] | null> {
    const answer = await this.#send('PROPFIND', this.#fileUrl(path), {
      headers: { depth, 'content-type': 'application/xml' },
      body: `<?xml version="1.0"?><d:propfind ${SPACES}>${PROPERTIES}</d:propfind>`,
      ...(signal ? { signal } : {}),
    });
    if (answer.status === 404) return null;
    return this.#entriesOf(answer);
  }

  /**
   * Finds an entry by its file id anywhere in the person's files (exchange 10/16); null when it is not among them, or
   * when the server can't search.
   */
  async findById(fileId: string, signal?: AbortSignal): Promise<DavEntry | null> {
    const scope = `<d:scope><d:href>/files/${escapeXml(this.#access.userId)}</d:href><d:depth>infinity</d:depth></d:scope>`;
    const where = `<d:eq><d:prop><oc:fileid/></d:prop><d:literal>${fileId}</d:literal></d:eq>`;
    const answer = await this.#send('SEARCH', `${this.#access.serverUrl}/remote.php/dav/`, {
      headers: { 'content-type': 'text/xml' },
      body:
        `<?xml version="1.0"?><d:searchrequest ${SPACES}><d:basicsearch><d:select>${PROPERTIES}</d:select>` +
        `<d:from>${scope}</d:from><d:where>${where}</d:where><d:orderby/></d:basicsearch></d:searchrequest>`,
      ...(signal ? { signal } : {}),
    });
    if (CANT_SEARCH.has(answer.status)) return null;
    const entries = await this.#entriesOf(answer);
    return entries.find((entry) => entry.fileId === fileId) ?? null;
  }

  /** Makes a folder: `exists` when something has that name (06: 405), its parent must be there. */
  async makeFolder(path: string): Promise<'made' | 'exists'> {
    const answer = await this.#send('MKCOL', this.#fileUrl(path), {});
    if (answer.status === 201) return 'made';
    if (answer.status === 405) return 'exists';
    throw unexpected(answer);
  }

  /** Gives an entry another path, never over something else (06: 201, and 412 when the name is taken). */
  async rename(from: string, to: string): Promise<'renamed' | 'taken'> {
    const answer = await this.#send('MOVE', this.#fileUrl(from), {
      headers: { destination: this.#fileUrl(to), overwrite: 'F' },
    });
    if (answer.status === 201) return 'renamed';
    if (answer.status === 412) return 'taken';
    if (answer.status === 404) throw new AppError('not-found.file');
    throw unexpected(answer);
  }

  /** Moves an entry to the server's trash. A folder can't be removed on a condition: servers compare files' etags only. */
  async remove(path: string): Promise<void> {
    const answer = await this.#send('DELETE', this.#fileUrl(path), {});
    if (answer.status !== 204 && answer.status !== 404) throw unexpected(answer);
  }

  #fileUrl(path: string): string {
    const { serverUrl, userId } = this.#access;
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    return `${serverUrl}/remote.php/dav/files/${encodeURIComponent(userId)}${encoded}`;
  }

  async #send(method: string, url: string, more: Partial<HttpRequest>): Promise<HttpAnswer> {
    const { loginName, appPassword } = this.#access;
    const authorization = `Basic ${Buffer.from(`${loginName}:${appPassword}`).toString('base64')}`;
    const answer = await ask(this.#http, 'files', {
      url,
      method,
      ...more,
      headers: { ...more.headers, authorization },
    });
    throwIfRefused(answer);
    return answer;
  }

  async #entriesOf(answer: HttpAnswer): Promise<readonly DavEntry[]> {
    if (answer.status !== 207) throw unexpected(answer);
    const root = new URL(
      `${this.#access.serverUrl}/remote.php/dav/files/${encodeURIComponent(this.#access.userId)}`,
    );
    return readMultistatus(answer.text, decodeURIComponent(root.pathname));
  }
}

/** What servers answer that have no search: by the standards, or a page for browsers. */
const CANT_SEARCH: ReadonlySet<number> = new Set([200, 400, 404, 405, 415, 501]);

const Properties = z.object({
  fileid: z.union([z.string(), z.number()]).transform(String),
  getetag: z.union([z.string(), z.number()]).transform(String),
  resourcetype: z.unknown(),
  permissions: z.string().default(''),
  upload_time: z.coerce.number().int().positive().nullable().catch(null),
  getlastmodified: z.coerce.date().transform(Number).nullable().catch(null),
  size: z.coerce.number().int().nonnegative().nullable().catch(null),
  'owner-id': z.coerce.string().catch(''),
  'owner-display-name': z.coerce.string().catch(''),
});
const Multistatus = z.object({
  multistatus: z.object({
    response: z
      .array(z.object({ href: z.string(), propstat: z.object({ prop: z.unknown() }).optional() }))
      .default([]),
  }),
});

/** Reads a 207 answer; `root` is the decoded path of the person's files. Throws when it is something else. */
async function readMultistatus(text: string, root: string): Promise<readonly DavEntry[]> {
  const parsed = Multistatus.safeParse(await parseOrThrow(text));
  if (!parsed.success) throw new AppError('not-a-server.files');
  return parsed.data.multistatus.response.flatMap(({ href, propstat }) => {
    const properties = Properties.safeParse(propstat?.prop);
    if (!properties.success) return [];
    const { fileid, getetag, resourcetype, permissions, upload_time: uploadedAt, size } = properties.data;
    const { 'owner-id': userId, 'owner-display-name': ownerName } = properties.data;
    const path = pathBelow(root, href);
    const isFolder =
      typeof resourcetype === 'object' && resourcetype !== null && 'collection' in resourcetype;
    return [
      {
        path,
        fileId: fileid,
        isFolder,
        etag: getetag.replaceAll('"', ''),
        permissions,
        uploadedAt,
        owner: userId === '' ? null : { userId, name: ownerName === '' ? userId : ownerName },
        modifiedAt: properties.data.getlastmodified,
        size,
      },
    ];
  });
}

/** The path in the person's files that an href stands for. Throws for what is none of them: nothing else is believed then. */
function pathBelow(root: string, href: string): string {
  const path = decoded(URL.parse(href, 'https://any.example')?.pathname ?? '').replace(/\/+$/, '');
  if (path !== root && !path.startsWith(`${root}/`)) throw new AppError('not-a-server.files');
  return path.slice(root.length);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new AppError('not-a-server.files', {}, error);
  }
}

async function parseOrThrow(text: string): Promise<unknown> {
  try {
    return await parseXML(text);
  } catch (error) {
    throw new AppError('not-a-server.files', {}, error);
  }
}

function unexpected({ status }: HttpAnswer): AppError {
  if (status === 507) return new AppError('quota.files');
  if (status === 423) return new AppError('in-use.file', { status });
  return new AppError('refused.files', { status });
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
