import { z } from 'zod';
import { request } from './channel.ts';
import { FolderPath, SalonId } from './values.ts';

/** Larger pictures are opened with their program: the page holds two of them. */
export const MOST_SHOWN_BYTES = 20 * 1024 * 1024;

/** A picture that a page may show as an image, never as a document: what a drawing has of scripts does nothing. */
export const ShownPicture = z.strictObject({
  type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml']),
  bytes: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= MOST_SHOWN_BYTES),
});
export type ShownPicture = z.infer<typeof ShownPicture>;

/** One of the two versions of a conflict as a picture; null when it is none, too large, or gone. */
export const conflictPicture = request({
  request: z.strictObject({ salonId: SalonId, copyPath: FolderPath, side: z.enum(['here', 'there']) }),
  answer: z.strictObject({ picture: ShownPicture.nullable() }),
});
