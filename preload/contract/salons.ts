import { z } from 'zod';
import { event, Nothing, PATIENT_TIMEOUT_MS, request } from './channel.ts';
import { FolderLink, Label, SalonId, UserId } from './values.ts';

/** Names one creation of a salon from its first to its last step, also across a crash. */
export const CreationId = z.uuid();

/** Someone who joins a salon; a partner may read and add to the folder, an agent may change everything. */
export const NewMember = z.strictObject({
  userId: UserId,
  displayName: Label,
  role: z.enum(['agent', 'partner']),
});
export type NewMember = z.infer<typeof NewMember>;

/** A member the folder could not be shared with: the salon is made all the same and says so. */
export const NotShared = z.strictObject({ userId: UserId, reason: z.enum(['no-file-account', 'refused']) });
export type NotShared = z.infer<typeof NotShared>;

/** A creation that was cut off: its folder is there, its room perhaps. */
export const PendingCreation = z.strictObject({ creationId: CreationId, name: Label, folder: FolderLink });
export type PendingCreation = z.infer<typeof PendingCreation>;

/**
 * The folder's part in the single act "new salon". The page makes the folder first (main keeps a note of it on disk),
 * then the room with the link in its first state, then confirms. What a crash leaves is listed by `pending`
 * and either confirmed (a room carries the link) or undone (main removes the folder if nobody wrote into it).
 */
export const salons = {
  audience: 'app',
  requests: {
    makeFolder: request(
      {
        request: z.strictObject({
          creationId: CreationId,
          name: Label.min(1),
          members: z.array(NewMember).max(500),
        }),
        answer: z.strictObject({ folder: FolderLink, notShared: z.array(NotShared) }),
      },
      PATIENT_TIMEOUT_MS,
    ),
    confirm: request({
      request: z.strictObject({ creationId: CreationId, salonId: SalonId }),
      answer: Nothing,
    }),
    undo: request(
      { request: z.strictObject({ creationId: CreationId }), answer: Nothing },
      PATIENT_TIMEOUT_MS,
    ),
    /** Someone is invited into a salon that has a folder: the folder opens to them in the same act. */
    shareFolder: request(
      {
        request: z.strictObject({ folder: FolderLink, members: z.array(NewMember).min(1).max(500) }),
        answer: z.strictObject({ notShared: z.array(NotShared) }),
      },
      PATIENT_TIMEOUT_MS,
    ),
    pending: request({ request: Nothing, answer: z.array(PendingCreation) }),
  },
  events: {
    /** Creations that wait for a decision changed (the file server answered again, for instance). */
    pendingChanged: event(z.array(PendingCreation), 'latest'),
  },
} as const;
