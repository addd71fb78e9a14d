import { z } from 'zod';

/** Matrix room id (Matrix specification, Appendices, Room IDs; rooms of version 12 have no server part). */
export const SalonId = z.string().regex(/^![^\s]{1,254}$/);
/** Names a folder that a person chose among their files. */
export const ChosenFolderId = z.string().regex(/^folder:[0-9a-f-]{36}$/);
/**
 * Names a folder that is kept equal: a salon's by the id of its salon, one that a person chose by an id of its own. All
 * that is asked and told of folders carries it as `salonId`, for nearly all are a salon's.
 */
export const FolderId = z.union([SalonId, ChosenFolderId]);
/** Matrix user id (Appendices, User Identifiers). */
export const UserId = z.string().regex(/^@[^\s:]{1,200}:[^\s]{1,230}$/);
/** An http(s) address without credentials, query or fragment: what a server is known by. */
export const ServerUrl = z.string().max(500).refine(isServerUrl);

function isServerUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  return !url.username && !url.password && !url.search && !url.hash && !/[?#]/.test(text);
}
/** Whether an address names neither user nor password: what many can read holds no secret. */
export function namesNobody(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && !url.username && !url.password;
}
/** A path inside a salon's folder: relative, `/` between the parts, no `.`, `..` or empty part; '' is the folder itself. */
export const FolderPath = z
  .string()
  .max(4000)
  .refine(
    (text) =>
      text === '' ||
      text.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\0')),
  );
/** A path as the person's system writes it; Windows allows the longest. */
export const LocalPath = z.string().max(33_000);
/** A display name or a title as a person wrote it. */
export const Label = z.string().max(500);
/** Milliseconds since 1970. */
export const Timestamp = z.number().int().nonnegative();
/** Bytes. */
export const ByteCount = z.number().int().nonnegative();
/** Seconds. */
export const Seconds = z.number().nonnegative();

/**
 * The content of the room state event `fr.traboule.folder` (state key ''): the salon's folder.
 * Anyone may send a wrong one, so it is parsed wherever it is read.
 */
export const FolderLink = z.object({
  server: ServerUrl,
  /** Nextcloud's oc:fileid, the same for owner and receivers of a share (FACTS 9). */
  fileId: z.string().regex(/^\d{1,20}$/),
  name: Label,
  /** `shares`: one user share per member. A later way to grant access gets a name of its own. */
  access: z.literal('shares'),
});
export type FolderLink = z.infer<typeof FolderLink>;

/** What is the matter with something, ordered from nothing to worst; shown with an icon and a word. */
export const Health = z.enum(['ok', 'busy', 'waiting', 'warning', 'error']);
export type Health = z.infer<typeof Health>;
