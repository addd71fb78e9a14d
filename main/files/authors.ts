import { z } from 'zod';
import type { Author, FileAuthor } from '../../preload/contract/files.ts';
import type { FilesAccess } from '../accounts/accounts.ts';
import { ocsHeaders, throwIfRefused } from '../accounts/nextcloud.ts';
import { AppError } from '../contract/app-error.ts';
import { ask, jsonOf } from '../http/answers.ts';
import type { Http, HttpAnswer } from '../http/http.ts';
import type { Log } from '../log/log.ts';
import { Dav, type DavEntry } from './dav.ts';

/** What the authors of files are asked with. */
export interface AuthorParts {
  readonly http: Http;
  /** Null when nobody is signed in to the files. */
  readonly access: () => FilesAccess | null;
  readonly log: Log;
  readonly now?: () => number;
}

/** Who changed a file last, and when (milliseconds since 1970). */
type Change = Pick<FileAuthor, 'author' | 'at'>;

/** Requests at a time: the sync has the server's other workers. */
const AT_ONCE = 2;
/** New files are asked about in one go at most; the rest the next time somebody looks. */
const MOST_ASKED = 60;
/** A page does not wait longer for names. */
const PATIENCE_MS = 6000;
/** What is remembered; the oldest is forgotten first. */
const MOST_KNOWN = 20_000;
/** A server without the activity app is not asked again for so long. */
const WITHOUT_MS = 15 * 60_000;
/** An activity that much older than the content tells of an earlier change. */
const SAME_CHANGE_S = 120;

/**
 * Who changed files last, as the server's activity app tells (exchange 10/33). Nobody is named on a guess: what the app
 * does not tell, or tells of an earlier change, stays unknown. What was told of a version is never asked again.
 */
export class Authors {
  readonly #parts: AuthorParts;
  readonly #now: () => number;
  readonly #known = new Map<string, { readonly etag: string; readonly change: Change | null }>();
  /** The account that `#known` is about. */
  #whose = '';
  #askAgainAt = 0;

  constructor(parts: AuthorParts) {
    this.#parts = parts;
    this.#now = parts.now ?? Date.now;
  }

  /**
   * The authors of the files directly in a folder, by their names. `folder` is its path in the person's files. Empty when
   * nobody can tell; never throws for a server that does not answer.
   */
  async inFolder(folder: string, signal?: AbortSignal): Promise<ReadonlyMap<string, Change>> {
    const found = await this.#of(folder, '1', signal);
    return new Map([...found].map(([path, change]) => [path.slice(path.lastIndexOf('/') + 1), change]));
  }

  /** The author of one file by its path in the person's files; null when nobody can tell. */
  async ofFile(path: string, signal?: AbortSignal): Promise<Change | null> {
    const [change] = (await this.#of(path, '0', signal)).values();
    return change ?? null;
  }

  async #of(path: string, depth: '0' | '1', signal?: AbortSignal): Promise<ReadonlyMap<string, Change>> {
    const access = this.#parts.access();
    if (!access || this.#now() < this.#askAgainAt) return new Map();
    this.#forgetOthers(access);
    const late = AbortSignal.timeout(PATIENCE_MS);
    const until = signal ? AbortSignal.any([signal, late]) : late;
    try {
      const entries = (await new Dav(this.#parts.http, access).list(path, depth, until)) ?? [];
      const files = entries.filter(({ isFolder }) => !isFolder);
      await this.#askAll(access, files, until);
      return new Map(files.flatMap((file) => this.#tell(file)));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#parts.log.info('authors.not-told', { about: error.about });
      return new Map();
    }
  }

  #tell(file: DavEntry): [string, Change][] {
    const known = this.#known.get(file.fileId);
    return known?.change && known.etag === file.etag ? [[file.path, known.change]] : [];
  }

  #forgetOthers({ serverUrl, userId }: FilesAccess): void {
    const whose = `${serverUrl} ${userId}`;
    if (whose === this.#whose) return;
    this.#whose = whose;
    this.#known.clear();
    this.#askAgainAt = 0;
  }

  /** Asks about what is not known yet, the latest first; ends without a word when the time is over. */
  async #askAll(access: FilesAccess, files: readonly DavEntry[], signal: AbortSignal): Promise<void> {
    const waiting = files
      .filter(({ fileId, etag }) => this.#known.get(fileId)?.etag !== etag)
      .toSorted((one, other) => (other.uploadedAt ?? 0) - (one.uploadedAt ?? 0))
      .slice(0, MOST_ASKED);
    const worker = async (): Promise<void> => {
      for (let file = waiting.shift(); file && !signal.aborted; file = waiting.shift()) {
        if (this.#now() < this.#askAgainAt) return;
        const change = await this.#ask(access, file, signal);
        if (change !== undefined) this.#learn(file, change);
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #learn({ fileId, etag }: DavEntry, change: Change | null): void {
    this.#known.delete(fileId);
    this.#known.set(fileId, { etag, change });
    const oldest = this.#known.keys().next();
    if (this.#known.size > MOST_KNOWN && !oldest.done) this.#known.delete(oldest.value);
  }

  /**
   * The last change that the app knows; undefined when there is no app. The newest activity alone comes first: of several
   * the app makes one that names whoever it likes. It may be about a comment or a name; then a few more are looked at.
   */
  async #ask(access: FilesAccess, file: DavEntry, signal: AbortSignal): Promise<Change | null | undefined> {
    for (const limit of [1, 10]) {
      const activities = await this.#activities(access, file.fileId, limit, signal);
      if (activities === null) return undefined;
      const found = activities.find(isChange);
      if (found) return changeOf(found, access.userId, file);
      if (activities.length < limit) return null;
    }
    return null;
  }

  async #activities(
    access: FilesAccess,
    fileId: string,
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly Activity[] | null> {
    const query = new URLSearchParams({
      object_type: 'files',
      object_id: fileId,
      limit: String(limit),
      format: 'json',
    });
    const answer = await ask(this.#parts.http, 'files', {
      url: `${access.serverUrl}/ocs/v2.php/apps/activity/api/v2/activity/filter?${query}`,
      headers: ocsHeaders(access),
      signal,
    });
    if (answer.status === 304) return [];
    return this.#read(answer);
  }

  #read(answer: HttpAnswer): readonly Activity[] | null {
    throwIfRefused(answer);
    const told = answer.status === 200 ? jsonOf(answer, Answer) : null;
    // 404: no such app. 204: the person keeps no activities. Anything else is no answer of it.
    if (told === null) this.#askAgainAt = this.#now() + WITHOUT_MS;
    return told?.ocs.data ?? null;
  }
}

const User = z.object({ type: z.literal('user'), id: z.string(), name: z.string().max(500) });
const Activity = z.object({
  app: z.string(),
  type: z.string(),
  user: z.string().catch(''),
  // PHP makes an empty list of no placeholders.
  subject_rich: z
    .tuple([z.string(), z.record(z.string(), z.unknown()).catch({})])
    .rest(z.unknown())
    .catch(['', {}]),
  datetime: z.coerce.date(),
});
type Activity = z.infer<typeof Activity>;
const Answer = z.object({ ocs: z.object({ data: z.array(Activity) }) });

const CHANGES: ReadonlySet<string> = new Set(['file_created', 'file_changed', 'file_restored']);

/** Whether content was written; a new name or place counts as `file_changed` too, with an `oldfile`. */
function isChange({ app, type, subject_rich: [, placeholders] }: Activity): boolean {
  return app === 'files' && CHANGES.has(type) && !('oldfile' in placeholders);
}

function changeOf(activity: Activity, userId: string, { uploadedAt }: DavEntry): Change | null {
  const at = activity.datetime.getTime();
  if (uploadedAt !== null && uploadedAt - at / 1000 > SAME_CHANGE_S) return null;
  const author = authorOf(activity, userId);
  return author && { author, at };
}

/** Null for somebody who came by a public link: nobody knows who it was. */
function authorOf({ user, subject_rich: [, placeholders] }: Activity, userId: string): Author | null {
  if (user === '') return null;
  if (user === userId) return { kind: 'you' };
  const named = Object.values(placeholders).flatMap((value) => User.safeParse(value).data ?? []);
  const name = named.find(({ id }) => id === user)?.name.trim() ?? '';
  return { kind: 'other', name: name === '' ? user : name };
}
