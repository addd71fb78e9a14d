import { z } from 'zod';
import { ByteCount, FolderId, FolderPath } from './values.ts';

/** What the first run will fetch, and whether it fits at a place. */
export const Estimate = z.strictObject({
  /** Salons' folders that are among the person's files. */
  folders: z.int().nonnegative(),
  bytes: ByteCount,
  /** Folders of which the server does not say what they weigh. */
  unknown: z.int().nonnegative(),
  /** Null when the system does not say. */
  freeBytes: ByteCount.nullable(),
  fits: z.boolean(),
});
export type Estimate = z.infer<typeof Estimate>;

/** What is directly in a folder of a salon on the server, to choose what is kept on this PC. */
export const FolderContents = z.strictObject({
  folders: z
    .array(
      z.strictObject({
        path: FolderPath,
        /** All that is below it; null when the server does not say. */
        bytes: ByteCount.nullable(),
      }),
    )
    .max(20_000),
  /** Bytes of the files that are in no folder of it. */
  fileBytes: ByteCount,
  /** Free bytes of the disk of this PC; null when the system does not say. */
  freeBytes: ByteCount.nullable(),
});
export type FolderContents = z.infer<typeof FolderContents>;

/** What is on this PC and could be online only, what is safest and largest first. */
export const Freeable = z.strictObject({
  folders: z
    .array(
      z.strictObject({
        salonId: FolderId,
        /** A folder of the salon's; `''` is all of it. */
        path: FolderPath,
        files: z.int().nonnegative(),
        bytes: ByteCount,
        /** Files of these that are not online as they are here: they go there first. */
        unsent: z.int().nonnegative(),
      }),
    )
    .max(200),
  /** Free bytes of the disk of this PC; null when the system does not say. */
  freeBytes: ByteCount.nullable(),
});
export type Freeable = z.infer<typeof Freeable>;

/** A disk in use has little room left: `full` is when files from the server wait for more. */
export const LowRoom = z.strictObject({ level: z.enum(['low', 'full']), freeBytes: ByteCount });
export type LowRoom = z.infer<typeof LowRoom>;
