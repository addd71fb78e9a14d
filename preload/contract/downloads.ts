import { z } from 'zod';
import { event, Nothing, PATIENT_TIMEOUT_MS, request } from './channel.ts';
import { ByteCount, Label, LocalPath, Seconds } from './values.ts';

/**
 * Why a file did not come; the page's dictionaries have the words of each in `downloads:problem`. `not-placed`: it came
 * whole, and waits beside its place under the name that is told. `program-ended`: the end of the program cut it off.
 */
export const DownloadProblem = z.enum([
  'disk-full',
  'no-rights',
  'offline',
  'broken-off',
  'refused',
  'too-many',
  'not-placed',
  'program-ended',
]);
export type DownloadProblem = z.infer<typeof DownloadProblem>;

/**
 * Where a download is: on its way, kept, or stuck. `isElsewhere`: in another folder than the one it was meant for, which
 * could not take it. `mayGoOn`: what is there already need not be fetched again.
 */
export const DownloadStep = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('running'),
    bytesPerSecond: z.number().nonnegative(),
    secondsLeft: Seconds.nullable(),
  }),
  z.strictObject({ step: z.literal('done'), isElsewhere: z.boolean() }),
  z.strictObject({ step: z.literal('failed'), problem: DownloadProblem, mayGoOn: z.boolean() }),
]);
export type DownloadStep = z.infer<typeof DownloadStep>;

/** A file that a person keeps on this PC outside of the folders: from a conversation, a service or a call. */
export const Download = z.strictObject({
  id: z.uuid(),
  /** As it is called on this PC. */
  name: Label,
  /** The folder it goes to, as the person's system writes it; empty when it goes nowhere. */
  folder: LocalPath,
  /** The server it comes from; null: a conversation. */
  host: z.string().max(300).nullable(),
  bytesDone: ByteCount,
  /** Null while nobody knows. */
  bytesTotal: ByteCount.nullable(),
  state: DownloadStep,
});
export type Download = z.infer<typeof Download>;

/** What was downloaded since the program started, the newest first, and the folder that downloads go to. */
export const DownloadsView = z.strictObject({ folder: LocalPath, downloads: z.array(Download) });
export type DownloadsView = z.infer<typeof DownloadsView>;

const OneDownload = z.strictObject({ id: z.uuid() });

/** Files that a person keeps on this PC outside of the folders. */
export const downloads = {
  audience: 'app',
  requests: {
    view: request({ request: Nothing, answer: DownloadsView }),
    /** Ends one that runs: nothing of it stays. */
    stop: request({ request: OneDownload, answer: Nothing }),
    /** Goes on with one that broke off, or tries its place again. */
    goOn: request({ request: OneDownload, answer: Nothing }),
    /** Shows a file in the file manager. Throws `not-found.download` when it is there no more. */
    reveal: request({ request: OneDownload, answer: Nothing }),
    /** Takes one that ended out of the list; the file stays. */
    forget: request({ request: OneDownload, answer: Nothing }),
    /** Takes all that ended out of the list; the files stay. */
    forgetEnded: request({ request: Nothing, answer: Nothing }),
    /** Asks the person for the folder that downloads go to. Throws `forbidden.setting` where it is decided. */
    chooseFolder: request(
      { request: Nothing, answer: z.strictObject({ chosen: z.boolean() }) },
      PATIENT_TIMEOUT_MS * 5,
    ),
  },
  events: {
    changed: event(DownloadsView, 'latest'),
  },
} as const;
