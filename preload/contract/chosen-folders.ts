import { z } from 'zod';
import { PATIENT_TIMEOUT_MS, request } from './channel.ts';
import { ByteCount, ChosenFolderId, FolderPath, Label, LocalPath } from './values.ts';

/**
 * How a folder of the server stands to those that are kept equal already: it is one of them, in one, or around one.
 * `folder` is the name of that one.
 */
export const Standing = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('free') }),
  z.strictObject({ is: z.enum(['kept', 'inside', 'around']), folder: Label }),
]);
export type Standing = z.infer<typeof Standing>;

/** A folder among the person's files on the server. */
export const OfferedFolder = z.strictObject({
  /** From the root of the person's files. */
  path: FolderPath,
  /** All that is below it; null when the server does not say. */
  bytes: ByteCount.nullable(),
  /** Who shares it with the person; null for one of their own. */
  sharedBy: Label.nullable(),
  standing: Standing,
});
export type OfferedFolder = z.infer<typeof OfferedFolder>;

/** What it comes to when a folder is kept on this PC too. */
export const FolderProposal = z.strictObject({
  proposalId: z.uuid(),
  /** Where it will be on this PC. */
  localPath: LocalPath,
  bytes: ByteCount.nullable(),
  /** Free bytes of the disk there; null when the system does not say. */
  freeBytes: ByteCount.nullable(),
  fits: z.boolean(),
});
export type FolderProposal = z.infer<typeof FolderProposal>;

/** A folder of the person's; never all of their files, for salons' folders are among them. */
const Chosen = FolderPath.min(1);

/** Folders that a person has kept equal beside those of their salons. */
export const chosenFolders = {
  audience: 'app',
  requests: {
    /** The folders directly in one of the person's files (`''`: in all of them). */
    browse: request(
      { request: z.strictObject({ path: FolderPath }), answer: z.array(OfferedFolder).max(20_000) },
      PATIENT_TIMEOUT_MS,
    ),
    /** Where a folder would be on this PC: as suggested, or where the person is asked for; null when they cancelled. */
    propose: request(
      {
        request: z.strictObject({ path: Chosen, where: z.enum(['suggested', 'ask']) }),
        answer: z.strictObject({ proposal: FolderProposal.nullable() }),
      },
      PATIENT_TIMEOUT_MS * 5,
    ),
    /** Begins to keep a folder equal, where it was proposed. */
    add: request(
      {
        request: z.strictObject({ proposalId: z.uuid() }),
        answer: z.strictObject({ folderId: ChosenFolderId }),
      },
      PATIENT_TIMEOUT_MS,
    ),
    /**
     * Ends it. What is on the server stays there. `keep`: and what is on this PC here; `trash`: that goes to the system's
     * trash if all of it is on the server, or nothing is done (`in-use.not-online`). Answers what became of it: `refused`
     * when the trash did not take it, a program having one of its files open for example; it is then still here.
     */
    stop: request(
      {
        request: z.strictObject({ folderId: ChosenFolderId, copy: z.enum(['keep', 'trash']) }),
        answer: z.strictObject({ copy: z.enum(['kept', 'trashed', 'refused']) }),
      },
      PATIENT_TIMEOUT_MS,
    ),
  },
  events: {},
} as const;
