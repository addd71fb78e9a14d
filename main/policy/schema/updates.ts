import { z } from 'zod';
import { namesNobody } from '../../../preload/contract/values.ts';
import { choice, type Facts, maybeText, number } from './setting.ts';

const UPDATES = {
  category: 'updates',
  scope: 'machine',
  since: '0.1.0',
  readBy: 'main/updates/',
} as const satisfies Facts;

/** A web address that only the far end and this machine read. */
const SafeUrl = z
  .url({ protocol: /^https$/ })
  .max(500)
  .refine(namesNobody);
/** From one time of the day to another, which may lie after midnight: `22:00-05:30`. */
const Hours = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/);

/** Who brings new versions, and when. */
export const updateSettings = {
  /** Never look, say that there is one, or fetch and install it by itself. */
  updateMode: choice(['off', 'notify', 'automatic'], 'notify', UPDATES),
  /** Where new versions are listed, instead of the brand's address. */
  updateFeed: maybeText({ type: SafeUrl, maxLength: 500 }, UPDATES),
  updateChannel: choice(['stable', 'beta'], 'stable', UPDATES),
  /** Days that a version must be out before it is taken. */
  updateDeferralDays: number({ min: 0, max: 60 }, 0, UPDATES),
  /** The hours in which it may be installed without being asked for. */
  updateWindow: maybeText({ type: Hours, maxLength: 11 }, UPDATES),
} as const;
