import { z } from 'zod';
import { event, Nothing, request } from './channel.ts';
import { ByteCount, FolderId, FolderPath, Seconds, Timestamp } from './values.ts';

/** A file that is being sent or fetched at this moment. */
export const RunningFile = z.strictObject({
  salonId: FolderId,
  path: FolderPath,
  direction: z.enum(['up', 'down']),
  bytesDone: ByteCount,
  bytesTotal: ByteCount,
  bytesPerSecond: z.number().nonnegative(),
  secondsLeft: Seconds.nullable(),
});
export type RunningFile = z.infer<typeof RunningFile>;

/** Files that wait for their turn: those that come next, and how much it is with all the others. */
export const WaitingFiles = z.strictObject({
  files: z
    .array(
      z.strictObject({
        salonId: FolderId,
        path: FolderPath,
        direction: z.enum(['up', 'down']),
        bytes: ByteCount,
      }),
    )
    .max(20),
  count: z.int().nonnegative(),
  bytes: ByteCount,
});
export type WaitingFiles = z.infer<typeof WaitingFiles>;

/** What was done to an entry: which side it changed, and how. */
export const Deed = z.enum([
  'sent',
  'fetched',
  'folder-sent',
  'folder-fetched',
  'moved-there',
  'moved-here',
  'removed-there',
  'removed-here',
  'left-here',
]);
export type Deed = z.infer<typeof Deed>;

/** One thing that the engine did, newest first in a list. */
export const DoneItem = z.strictObject({
  /** Grows with each; names it for the page. */
  id: z.int().nonnegative(),
  salonId: FolderId,
  path: FolderPath,
  /** Where it was before a move. */
  from: FolderPath.nullable(),
  deed: Deed,
  size: ByteCount,
  at: Timestamp,
});
export type DoneItem = z.infer<typeof DoneItem>;

/** What is being done with files, and what was done last. */
export const fileActivity = {
  audience: 'app',
  requests: {
    /** What waits now; it changes as `running` does. */
    waiting: request({ request: Nothing, answer: WaitingFiles }),
    running: request({ request: Nothing, answer: z.array(RunningFile).max(50) }),
    /** The last 200, newest first; they outlive the program. */
    recent: request({ request: Nothing, answer: z.array(DoneItem).max(200) }),
  },
  events: {
    runningChanged: event(z.array(RunningFile).max(50), 'latest'),
    /** Something was done: whoever shows `recent` asks again. Carries the newest id. */
    recentChanged: event(z.int().nonnegative(), 'latest'),
  },
} as const;
