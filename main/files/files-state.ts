import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  ChosenFolderId,
  FolderLink,
  FolderPath,
  Label,
  SalonId,
  ServerUrl,
  Timestamp,
} from '../../preload/contract/values.ts';

/** A salon that has a folder, as the chat last told. */
export const FollowedSalon = z.strictObject({ salonId: SalonId, name: Label, folder: FolderLink });
export type FollowedSalon = z.infer<typeof FollowedSalon>;

/** Whose files they are. */
const Owner = z.strictObject({ server: ServerUrl, userId: z.string() });

/** A folder that a person chose among their files. It outlives sign-out and is nobody else's. */
export const ChosenFolder = z.strictObject({
  folderId: ChosenFolderId,
  owner: Owner,
  fileId: z.string(),
  /** As it was called on the server when it was last found there. */
  name: Label,
});
export type ChosenFolder = z.infer<typeof ChosenFolder>;

/** What main remembers of one folder, by its pair id: it outlives sign-out, so that a folder is found again. */
export const KnownPair = z.strictObject({
  /** Name of its folder on this PC; a salon's is under `<place>/Salons`. */
  localName: z.string().min(1),
  /** Absolute path of a folder that a person chose; older files have none of these. */
  localPath: z.string().min(1).nullable().default(null),
  /** Path in the person's files when it was last found there. */
  remotePath: z.string().nullable(),
  /** Conflict copies that the person keeps as they are. */
  settledCopies: z.array(FolderPath),
  /** Folders of it that are not wanted on this PC; `''` for all of it. Older files have no choice. */
  unwanted: z.array(FolderPath).default([]),
});
export type KnownPair = z.infer<typeof KnownPair>;

/** The state of the files domain on disk. */
export const FilesState = z.strictObject({
  place: z.string().nullable(),
  /** What is kept of a salon's folder that is new here, until a person chooses. In older files: all. */
  keep: z.enum(['all', 'none']).default('all'),
  /** Whose files they are: known also while the session is expired. */
  owner: Owner.nullable(),
  paused: z.boolean(),
  /** When the pause ends by itself; older files have no such pause. */
  pausedUntil: Timestamp.nullable().default(null),
  salons: z.array(FollowedSalon),
  /** What a person has read of how little room there is; older files have nothing of it. */
  lowRoomRead: z.enum(['low', 'full']).nullable().default(null),
  /** Of everybody who ever signed in here; older files have none. */
  chosen: z.array(ChosenFolder).default([]),
  pairs: z.record(z.string(), KnownPair),
});
export type FilesState = z.infer<typeof FilesState>;

export const EMPTY_FILES: FilesState = {
  place: null,
  keep: 'all',
  owner: null,
  paused: false,
  pausedUntil: null,
  salons: [],
  lowRoomRead: null,
  chosen: [],
  pairs: {},
};

/** Names the folder of one salon for one person: the same after signing out and in again. */
export function pairIdOf(folder: FolderLink, userId: string): string {
  const text = JSON.stringify([folder.server, userId, folder.fileId]);
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
