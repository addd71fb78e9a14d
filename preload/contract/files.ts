import { z } from 'zod';
import { event, LONGEST_FETCH_MS, Nothing, PATIENT_TIMEOUT_MS, request } from './channel.ts';
import { conflictPicture } from './conflict-pictures.ts';
import { Difference } from './difference.ts';
import { EntryState, NoticeCode } from './file-states.ts';
import { Estimate, FolderContents, Freeable, LowRoom } from './folder-sizes.ts';
import {
  ByteCount,
  FolderId,
  FolderLink,
  FolderPath,
  Label,
  LocalPath,
  SalonId,
  Seconds,
  Timestamp,
} from './values.ts';

/** Stable codes of what can be wrong with one file or folder; the page has the words and the action for each. */
export const ProblemCode = z.enum([
  'name-not-allowed',
  'name-too-long',
  /** A name on the server that this system can't hold. */
  'name-not-here',
  /** A name here whose bytes are no text. */
  'name-unreadable',
  'name-clash',
  'file-in-use',
  /** Written to whenever it is looked at. */
  'changing',
  'unreadable-here',
  'disk-error',
  'disk-full',
  /** The folders take as much of this PC as the organisation lets them. */
  'limit-here',
  'read-only-here',
  'read-only-there',
  'quota',
  'locked-there',
  'too-large',
  'not-a-file',
  'checksum',
  /** A folder of the server could not be listed. */
  'folder-not-read',
  'server-error',
  'unknown',
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** One thing that could not be synced: nothing of it is lost, `retryAt` says when it is tried again by itself. */
export const Problem = z.strictObject({
  path: FolderPath,
  code: ProblemCode,
  retryAt: Timestamp.nullable(),
  /** Safe to show and paste: an HTTP status, an errno. */
  detail: z.string().max(300),
});
export type Problem = z.infer<typeof Problem>;

/** Two versions of one file: the server's has the name, the one of this PC lies beside it. */
export const Conflict = z.strictObject({ path: FolderPath, copyPath: FolderPath, at: Timestamp });
export type Conflict = z.infer<typeof Conflict>;

/**
 * Something that happened to files of a folder. `restored`: what was done here is undone, for want of the right.
 * `recovered`: a version that was left by a crash has a name again. `no-trash`: what was deleted online is in a folder,
 * since this disk has no trash. `compared-anew`: what was known of both sides was damaged. `left-out…`: stays on the side
 * where it is: a symbolic link, a device or a pipe, too large for the organisation, by a rule of it, by the folder's list.
 */
export const FolderNotice = z.strictObject({
  code: NoticeCode,
  files: z.array(z.strictObject({ path: FolderPath, keptPath: FolderPath.nullable() })).max(20),
  /** How many there are, with those not named. */
  count: z.number().int().positive(),
  at: Timestamp,
});
export type FolderNotice = z.infer<typeof FolderNotice>;

/** Sync stopped because it would delete much, or because the place is not what it was; a person decides. */
export const Guard = z.strictObject({
  /** Names exactly this stop: more that would be deleted is another one. */
  id: z.string().max(100),
  reason: z.enum(['many-deletions', 'root-emptied', 'root-missing', 'other-folder', 'server-restored']),
  side: z.enum(['here', 'there']),
  /** How many files and folders would go. */
  count: z.number().int().nonnegative(),
  examples: z.array(FolderPath).max(20),
});
export type Guard = z.infer<typeof Guard>;

/** What a folder is doing. */
export const FolderActivity = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('starting') }),
  z.strictObject({ state: z.literal('scanning') }),
  z.strictObject({
    state: z.literal('syncing'),
    filesLeft: z.number().int().nonnegative(),
    bytesDone: ByteCount,
    bytesTotal: ByteCount,
    bytesPerSecond: z.number().nonnegative(),
    secondsLeft: Seconds.nullable(),
  }),
  z.strictObject({ state: z.literal('up-to-date') }),
  /** By the person, or by a rule for as long as the computer stands so. */
  z.strictObject({ state: z.literal('paused'), reason: z.enum(['person', 'battery', 'metered']) }),
  z.strictObject({
    state: z.literal('offline'),
    /** `other-server` answers there. `refused`: it may not be looked at. `own-certificate`: one of the person's is wanted. */
    why: z.enum(['network', 'server', 'certificate', 'other-server', 'refused', 'own-certificate', 'proxy']),
  }),
  z.strictObject({ state: z.literal('maintenance') }),
  z.strictObject({ state: z.literal('signed-out') }),
  /** The folder was withdrawn on the server, or never reached us; what is on this PC stays. */
  z.strictObject({ state: z.literal('gone') }),
  z.strictObject({ state: z.literal('guarded'), guard: Guard }),
  z.strictObject({
    state: z.literal('failed'),
    why: z.enum(['folder-unusable', 'drive-silent', 'other-program', 'newer-program', 'locks', 'unexpected']),
    detail: z.string().max(300),
  }),
]);
export type FolderActivity = z.infer<typeof FolderActivity>;

/** A folder as the list of folders shows it: a salon's, or another of the person's files that they chose. */
export const SalonFolder = z.strictObject({
  salonId: FolderId,
  kind: z.enum(['salon', 'chosen']),
  name: Label,
  activity: FolderActivity,
  fileCount: z.number().int().nonnegative(),
  byteCount: ByteCount,
  lastChange: Timestamp.nullable(),
  problems: z.array(Problem).max(100),
  conflicts: z.array(Conflict).max(100),
  notices: z.array(FolderNotice).max(10),
  /** Its folders that are not wanted on this PC, which are online only; `''` when all of it is. */
  unwanted: z.array(FolderPath).max(2000),
});
export type SalonFolder = z.infer<typeof SalonFolder>;

/** The place on this PC and every folder that is kept equal. */
export const FilesOverview = z.strictObject({
  /** Where the folders are on this PC, as the person's system writes it; null until it was chosen. */
  place: LocalPath.nullable(),
  suggestedPlace: LocalPath,
  paused: z.boolean(),
  /** When the pause ends by itself; null for one that a person ends, and without one. */
  pausedUntil: Timestamp.nullable(),
  /** Whether the organisation lets people add folders that are no salon's. */
  mayAdd: z.boolean(),
  /** What all folders may take on this PC, by the organisation's wish; null for no limit. */
  spaceLimit: ByteCount.nullable(),
  /** Null while there is room, and when the person has read it. */
  room: LowRoom.nullable(),
  folders: z.array(SalonFolder),
});
export type FilesOverview = z.infer<typeof FilesOverview>;

/** A file or folder of a salon with its state. */
export const FolderEntry = z.strictObject({
  path: FolderPath,
  kind: z.enum(['file', 'folder']),
  size: ByteCount,
  /** Files below a folder; 0 for a file. */
  fileCount: z.number().int().nonnegative(),
  modifiedAt: Timestamp.nullable(),
  state: EntryState,
});
export type FolderEntry = z.infer<typeof FolderEntry>;

/** Who changed something: the person at this PC, or somebody whose name is known. */
export const Author = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('you') }),
  z.strictObject({ kind: z.literal('other'), name: Label }),
]);
export type Author = z.infer<typeof Author>;

/** Who changed a file last, and when, as the server tells. */
export const FileAuthor = z.strictObject({ path: FolderPath, author: Author, at: Timestamp });
export type FileAuthor = z.infer<typeof FileAuthor>;

/** One of two versions of a file. `seen` names exactly what was looked at: it may change before somebody decides. */
export const ConflictVersion = z.strictObject({
  kind: z.enum(['file', 'folder']),
  size: ByteCount,
  modifiedAt: Timestamp,
  /** Null when nobody knows. */
  author: Author.nullable(),
  seen: z.string().max(200),
});
export type ConflictVersion = z.infer<typeof ConflictVersion>;

/** Both versions of a file that was changed on both sides; null where one is gone by now. */
export const ConflictFacts = z.strictObject({
  there: ConflictVersion.nullable(),
  here: ConflictVersion.nullable(),
  difference: Difference,
  /** Whether a version that goes to the trash can come back in one click. Folders can't, nor can some large files. */
  canUndo: z.boolean(),
});
export type ConflictFacts = z.infer<typeof ConflictFacts>;

/** A dropped or pasted file on its way into a salon's folder and from there to the server. */
export const Transfer = z.strictObject({
  transferId: z.uuid(),
  salonId: FolderId,
  /** The name it got in the folder (another one was taken: `plan (2).pdf`). */
  path: FolderPath,
  size: ByteCount,
  /** Put among the files, not into the conversation: no message is sent of it. */
  quiet: z.boolean().optional(),
  step: z.discriminatedUnion('step', [
    z.strictObject({ step: z.literal('copying'), bytesDone: ByteCount }),
    /** In the folder on this PC for good; leaves when the line is there. */
    z.strictObject({ step: z.literal('kept') }),
    z.strictObject({ step: z.literal('uploading'), bytesDone: ByteCount, secondsLeft: Seconds.nullable() }),
    z.strictObject({ step: z.literal('done'), fileId: z.string().max(40) }),
    z.strictObject({ step: z.literal('stopped') }),
    z.strictObject({ step: z.literal('failed'), problem: ProblemCode }),
  ]),
});
export type Transfer = z.infer<typeof Transfer>;

/** A file that a person dropped: the preload made it known to main and got this name for it; a path can't be invented. */
export const FileToken = z.uuid();

/** A picture from the clipboard, not a film: it is held in memory twice on its way. */
export const MOST_PASTED_BYTES = 256 * 1024 * 1024;

/** What a person looked at when they decided; null when it was gone. */
const Seen = z.string().max(200).nullable();

const FileNumber = z.strictObject({ fileId: z.string().max(40).nullable() });
const inSalon = { salonId: FolderId, path: FolderPath };

/** The synced folders. */
export const files = {
  audience: 'app',
  requests: {
    overview: request({ request: Nothing, answer: FilesOverview }),
    /** Which salons have which folder, as the chat knows; main keeps it, so folders sync without the chat. */
    follow: request({
      request: z.strictObject({
        salons: z.array(z.strictObject({ salonId: SalonId, name: Label, folder: FolderLink })).max(5000),
      }),
      answer: Nothing,
    }),
    /** The suggested place, or one that the person is asked for; null if cancelled. `none`: folders are chosen later. */
    choosePlace: request(
      {
        request: z.strictObject({ how: z.enum(['suggested', 'ask']), keep: z.enum(['all', 'none']) }),
        answer: z.strictObject({ place: LocalPath.nullable() }),
      },
      PATIENT_TIMEOUT_MS * 5,
    ),
    /** What there is to fetch into the suggested place; fails when the server does not say now. */
    estimate: request({ request: Nothing, answer: Estimate }, PATIENT_TIMEOUT_MS),
    list: request({ request: z.strictObject(inSalon), answer: z.array(FolderEntry).max(5000) }),
    /**
     * Who last changed the files directly in a folder. Those that the server tells nothing about, and those that were not
     * asked about in time, are left out: asked again later, more may be known.
     */
    authors: request({ request: z.strictObject(inSalon), answer: z.array(FileAuthor).max(5000) }),
    /** Puts dropped files into a salon's folder; each is followed by `transfer`. */
    addFiles: request(
      {
        request: z.strictObject({
          salonId: FolderId,
          files: z.array(FileToken).min(1).max(200),
          /** The folder of the salon's that takes them, by its path; the salon's own without it. */
          folder: FolderPath.optional(),
        }),
        answer: z.array(Transfer),
      },
      PATIENT_TIMEOUT_MS,
    ),
    /** Puts pasted bytes (a picture from the clipboard) into a salon's folder. */
    addBytes: request(
      {
        request: z.strictObject({
          salonId: FolderId,
          name: z.string().min(1).max(200),
          bytes: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= MOST_PASTED_BYTES),
        }),
        answer: Transfer,
      },
      PATIENT_TIMEOUT_MS,
    ),
    /** Asks the person for files with the system's dialog and puts them into a salon's folder; none when cancelled. */
    pickFiles: request(
      { request: z.strictObject({ salonId: FolderId }), answer: z.array(Transfer) },
      PATIENT_TIMEOUT_MS * 5,
    ),
    /**
     * Every transfer the page has not settled yet, also those of the last run: main keeps them in its journal, so
     * that a file dropped offline still gets its message after a restart.
     */
    transfers: request({ request: Nothing, answer: z.array(Transfer).max(1000) }),
    /** The page sent the message of a `done` transfer (or the person let a failed one go): main forgets it. */
    settleTransfer: request({ request: z.strictObject({ transferId: z.uuid() }), answer: Nothing }),
    /** Stops an upload and takes the copy out of the folder again (to the trash). */
    stopTransfer: request({ request: z.strictObject({ transferId: z.uuid() }), answer: Nothing }),
    /** Opens a file with its program, fetching it first when it is not on this PC yet. */
    open: request({ request: z.strictObject(inSalon), answer: Nothing }, LONGEST_FETCH_MS),
    /** Waits for a file no more: `open` is answered with `cancelled`. */
    stopOpening: request({ request: z.strictObject(inSalon), answer: Nothing }),
    /** Shows a file or folder in the system's file manager. */
    reveal: request({ request: z.strictObject(inSalon), answer: Nothing }),
    /** The server's number of a file, for a link to it; null while it is not there or nobody can tell. */
    fileId: request({ request: z.strictObject(inSalon), answer: FileNumber }, PATIENT_TIMEOUT_MS),
    /** Lets the person drag a file or folder of a salon out of the window, while they hold it with the mouse. */
    drag: request({ request: z.strictObject(inSalon), answer: Nothing }),
    /** What a folder of a salon holds on the server, whether it is on this PC or not. */
    contents: request({ request: z.strictObject(inSalon), answer: FolderContents }, PATIENT_TIMEOUT_MS),
    /** What could leave this PC to make room on its disk. */
    freeable: request({ request: Nothing, answer: Freeable }, PATIENT_TIMEOUT_MS),
    /**
     * Which folders of a salon are not wanted on this PC (all others are): what is here of them goes once it is online;
     * what can't get there stays, and is told of as a problem.
     */
    choose: request({
      request: z.strictObject({ salonId: FolderId, unwanted: z.array(FolderPath).max(2000) }),
      answer: Nothing,
    }),
    /** Opens the place of all folders. */
    openPlace: request({ request: Nothing, answer: Nothing }),
    /** Pauses all folders, for some minutes or (null) until they are resumed. */
    pause: request({
      request: z.strictObject({
        paused: z.boolean(),
        minutes: z
          .int()
          .positive()
          .max(24 * 60)
          .nullable(),
      }),
      answer: Nothing,
    }),
    /** Syncs although a rule says to pause, until what it pauses for is over. */
    overrulePause: request({ request: Nothing, answer: Nothing }),
    retry: request({
      request: z.strictObject({ salonId: FolderId, path: FolderPath.nullable() }),
      answer: Nothing,
    }),
    /** Gives a file or folder another name in its folder, here or, when it could not come here, at the server. */
    rename: request({
      request: z.strictObject({ ...inSalon, path: FolderPath.min(1), name: z.string().min(1).max(255) }),
      answer: Nothing,
    }),
    decideGuard: request({
      request: z.strictObject({
        salonId: FolderId,
        /** The one that the person was shown. */
        guardId: z.string().max(100),
        decision: z.enum(['delete', 'restore']),
      }),
      answer: Nothing,
    }),
    /** The person has read a notice. */
    dismissNotice: request({
      request: z.strictObject({ salonId: FolderId, code: NoticeCode }),
      answer: Nothing,
    }),
    /** The person has read that there is little room. */
    dismissLowRoom: request({ request: Nothing, answer: Nothing }),
    /** Both versions of a conflict, to choose between them. */
    conflict: request({
      request: z.strictObject({ salonId: FolderId, copyPath: FolderPath }),
      answer: ConflictFacts,
    }),
    conflictPicture,
    /**
     * A conflict is settled by keeping one version under the name (the other goes to the trash), or both as they are.
     * Nothing is done when a version is no longer the one that was seen: `changed.file`. Answers what undoes it, null when
     * only the trash can.
     */
    settleConflict: request({
      request: z.strictObject({
        salonId: FolderId,
        copyPath: FolderPath,
        decision: z.discriminatedUnion('keep', [
          z.strictObject({ keep: z.literal('both') }),
          z.strictObject({ keep: z.enum(['here', 'there']), there: Seen, here: Seen }),
        ]),
      }),
      answer: z.strictObject({ undo: z.uuid().nullable() }),
    }),
    /** Puts a settled conflict back as it was; possible for some minutes. */
    undoSettle: request({ request: z.strictObject({ undo: z.uuid() }), answer: Nothing }),
  },
  events: {
    overviewChanged: event(FilesOverview, 'latest'),
    /** The entries of a salon's folder changed: whoever shows them asks again. */
    entriesChanged: event(z.strictObject({ salonIds: z.array(FolderId) })),
    transfer: event(Transfer, { latestOf: 'transferId' }),
  },
} as const;
