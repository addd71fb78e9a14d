import { z } from 'zod';
import {
  CreationId,
  type NewMember,
  type NotShared,
  type PendingCreation,
} from '../../preload/contract/salons.ts';
import { FolderLink, Label, ServerUrl } from '../../preload/contract/values.ts';
import type { FilesAccess } from '../accounts/accounts.ts';
import { AppError } from '../contract/app-error.ts';
import type { Http } from '../http/http.ts';
import type { Kept } from '../store/kept.ts';
import { Dav, type DavEntry } from './dav.ts';
import { folderName, freeName } from './folder-names.ts';
import { locateFolders, SALONS_FOLDER } from './locate.ts';
import { type NameMapping, shareFolder } from './share.ts';

/** A note of a creation under way, written before anything is made, so that a crash leaves nothing unknown. */
export const CreationNote = z.strictObject({
  creationId: CreationId,
  name: Label,
  server: ServerUrl,
  /** Whose files: another account must not touch it. */
  userId: z.string(),
  /** Path that was or is being made. */
  path: z.string(),
  /** Known once the folder is there. */
  fileId: z.string().nullable(),
});
export type CreationNote = z.infer<typeof CreationNote>;

/** What creations work with. */
export interface CreationParts {
  readonly http: Http;
  /** Throws `not-signed-in.files` when there is none. */
  readonly access: () => FilesAccess;
  readonly mapping: () => NameMapping;
  readonly notes: Kept<readonly CreationNote[]>;
  /** How many of the person's salons name this folder as theirs. */
  readonly linksTo: (folder: FolderLink) => number;
  readonly tellPending: (pending: PendingCreation[]) => void;
}

/**
 * The folder's part of "new salon": make it, share it, remember it until the room is there. Doing a step again with the
 * same id goes on where the last try ended.
 */
export class Creations {
  readonly #parts: CreationParts;

  constructor(parts: CreationParts) {
    this.#parts = parts;
  }

  /** Makes and shares the folder; answers what the room links to, and with whom it could not be shared. */
  async make(
    creationId: string,
    name: string,
    members: readonly NewMember[],
  ): Promise<{ folder: FolderLink; notShared: NotShared[] }> {
    const { http, access: accessOf, mapping } = this.#parts;
    const access = accessOf();
    const dav = new Dav(http, access);
    const known = this.#find(creationId);
    const note = known?.fileId ? known : await this.#makeFolder(dav, access, known, creationId, name);
    const notShared = await shareFolder(http, access, note.path, members, mapping());
    return { folder: linkOf(note), notShared };
  }

  /** The room is there: the note is not needed any more. */
  async confirm(creationId: string): Promise<void> {
    await this.#forget(creationId);
  }

  /** Removes the folder if nothing was put into it, and forgets the creation; a folder with something in it stays. */
  async undo(creationId: string): Promise<void> {
    const note = this.#find(creationId);
    if (!note) return;
    const access = this.#parts.access();
    if (note.server !== access.serverUrl || note.userId !== access.userId)
      throw new AppError('not-found.folder');
    await removeIfEmpty(new Dav(this.#parts.http, access), note);
    await this.#forget(creationId);
  }

  /** Creations whose folder is there and whose room is not known to be. */
  pending(): PendingCreation[] {
    return this.#parts.notes.value
      .filter(({ fileId }) => fileId !== null)
      .map((note) => ({ creationId: note.creationId, name: note.name, folder: linkOf(note) }));
  }

  /**
   * Opens a salon's folder to more people. Throws `not-found.folder` when it is not among the person's files. What a
   * salon names as its folder was written by somebody else: only a folder made for a salon, and named by one, is opened.
   */
  async share(folder: FolderLink, members: readonly NewMember[]): Promise<{ notShared: NotShared[] }> {
    const { http, access: accessOf, linksTo, mapping } = this.#parts;
    const access = accessOf();
    if (folder.server.replace(/\/+$/, '') !== access.serverUrl) throw new AppError('not-found.folder');
    const dav = new Dav(http, access);
    const path = (await locateFolders(dav, new Set([folder.fileId]))).get(folder.fileId);
    const [entry] = path === undefined ? [] : ((await dav.list(path, '0')) ?? []);
    if (path === undefined || !entry) throw new AppError('not-found.folder');
    const isOfSalon = path.lastIndexOf('/') === SALONS_FOLDER.length && path.startsWith(`${SALONS_FOLDER}/`);
    if (!isOfSalon || linksTo(folder) > 1 || !entry.permissions.includes('R')) {
      return { notShared: members.map(({ userId }) => ({ userId, reason: 'refused' })) };
    }
    return { notShared: await shareFolder(http, access, path, members, mapping()) };
  }

  async #makeFolder(
    dav: Dav,
    access: FilesAccess,
    known: CreationNote | undefined,
    creationId: string,
    name: string,
  ): Promise<CreationNote> {
    const adopted = known && (await lookWhetherEmpty(dav, known.path));
    if (known && adopted) return this.#note({ ...known, fileId: adopted.fileId });
    await dav.makeFolder(SALONS_FOLDER);
    const siblings = new Set((await dav.list(SALONS_FOLDER, '1'))?.map(({ path }) => path.toLowerCase()));
    const isTaken = (candidate: string): boolean =>
      siblings.has(`${SALONS_FOLDER}/${candidate}`.toLowerCase());
    const path = `${SALONS_FOLDER}/${await freeName(folderName(name, 'Salon'), isTaken)}`;
    const { serverUrl: server, userId } = access;
    const note = await this.#note({ creationId, name, server, userId, path, fileId: null });
    if ((await dav.makeFolder(path)) === 'exists') throw new AppError('in-use.file'); // made by someone this very moment
    const [made] = (await dav.list(path, '0')) ?? [];
    if (!made) throw new AppError('not-found.folder');
    return this.#note({ ...note, fileId: made.fileId });
  }

  #find(creationId: string): CreationNote | undefined {
    return this.#parts.notes.value.find((note) => note.creationId === creationId);
  }

  async #note(note: CreationNote): Promise<CreationNote> {
    const others = this.#parts.notes.value.filter(({ creationId }) => creationId !== note.creationId);
    await this.#parts.notes.set([...others, note]);
    return note;
  }

  async #forget(creationId: string): Promise<void> {
    const { notes, tellPending } = this.#parts;
    await notes.set(notes.value.filter((note) => note.creationId !== creationId));
    tellPending(this.pending());
  }
}

function linkOf({ server, fileId, name }: CreationNote): FolderLink {
  return FolderLink.parse({ server, fileId, name, access: 'shares' });
}

/** The folder at a path if there is one with nothing in it. */
async function lookWhetherEmpty(dav: Dav, path: string): Promise<DavEntry | null> {
  const list = await dav.list(path, '1');
  const [folder, ...content] = list ?? [];
  return folder?.isFolder && content.length === 0 ? folder : null;
}

/** Looks right before it removes; what came in at that very moment is in the server's trash. */
async function removeIfEmpty(dav: Dav, { path, fileId }: CreationNote): Promise<void> {
  const folder = await lookWhetherEmpty(dav, path);
  if (folder && (fileId === null || folder.fileId === fileId)) await dav.remove(path);
}
