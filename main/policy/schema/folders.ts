import { z } from 'zod';
import { choice, type Facts, flag, list, maybeText, number, text } from './setting.ts';
import { WrittenSpeedLimit } from './speed.ts';

const FOLDERS = { category: 'folders', scope: 'both', since: '0.1.0' } as const satisfies Partial<Facts>;
/** From the root of a disk or of the home. */
export const PLACE = {
  type: z
    .string()
    .regex(/^(~[\\/]|\/|[A-Za-z]:\\|\\\\)[^\0]+$/)
    .max(400),
  maxLength: 400,
};
/** A salon's name, in which a star stands for any letters. */
const SalonPattern = z.string().min(1).max(255);
const LIMIT = { type: WrittenSpeedLimit, maxLength: 9 };

/** What folders hold, and when and how fast their files go. */
export const folderSettings = {
  /** Patterns of names that are left out of folders, on PCs and online, beside the built-in ones. */
  ignoredNames: list(z.string().min(1).max(255), 200, [], {
    ...FOLDERS,
    readBy: 'main/policy/folders-decided.ts',
  }),
  /** Files of more megabytes (1,000,000 bytes) are left out of folders, on both sides; 0: none is. */
  largestFile: number({ min: 0, max: 4_000_000_000 }, 0, {
    ...FOLDERS,
    readBy: 'main/policy/folders-decided.ts',
  }),
  /** What all synced folders may take on this PC, in gigabytes (1024³ bytes, as sizes are shown); more stays online. 0: no limit. */
  spaceLimit: number({ min: 0, max: 1_000_000 }, 0, {
    ...FOLDERS,
    readBy: 'main/policy/folders-decided.ts',
  }),
  /** Whether people keep folders other than those of their salons up to date; those that they have already stay. */
  mayAddFolders: flag(true, { ...FOLDERS, readBy: 'main/policy/folders-decided.ts' }),
  /** Where the folders' place is suggested, `~` being the person's home; the brand's name in the home when nobody decides. */
  folderPlace: maybeText(PLACE, { ...FOLDERS, readBy: 'main/index.ts' }),
  /** Salons whose folder comes to this PC by itself, by their names (`*` stands for anything); others' wait online. */
  firstSalons: list(SalonPattern, 200, ['*'], { ...FOLDERS, readBy: 'main/policy/folders-decided.ts' }),
  /** So many deletions at once are carried out only when the person says so. */
  deletionsToConfirm: number({ min: 1, max: 100_000 }, 100, {
    ...FOLDERS,
    readBy: 'main/policy/folders-decided.ts',
  }),
  /** When files wait for the mains: `low` is below 20 %. */
  pauseOnBattery: choice(['never', 'low', 'always'], 'low', {
    ...FOLDERS,
    readBy: 'main/shell/surroundings.ts',
  }),
  /** Files wait while the line is paid by what passes. */
  pauseOnMetered: flag(true, { ...FOLDERS, readBy: 'main/shell/surroundings.ts' }),
  uploadLimit: text(LIMIT, 'none', { ...FOLDERS, readBy: 'main/shell/surroundings.ts' }),
  downloadLimit: text(LIMIT, 'none', { ...FOLDERS, readBy: 'main/shell/surroundings.ts' }),
} as const;
