import { z } from 'zod';
import { ServiceId } from '../../../preload/contract/brand.ts';
import { PLACE } from './folders.ts';
import { HostPattern } from './network.ts';
import { choice, type Facts, flag, list, maybeText, number } from './setting.ts';

const PROGRAM = { category: 'program', scope: 'both', since: '0.1.0' } as const satisfies Partial<Facts>;

/** How the program looks and behaves on this PC. */
export const programSettings = {
  theme: choice(['system', 'light', 'dark'], 'system', { ...PROGRAM, readBy: 'main/shell/app-domain.ts' }),
  language: choice(['system', 'fr', 'en'], 'system', { ...PROGRAM, readBy: 'main/shell/app-domain.ts' }),
  notifications: flag(true, { ...PROGRAM, readBy: 'main/policy/quiet.ts' }),
  /** Whether a notification shows the text of a message, or only that one came. */
  notificationContent: choice(['text', 'salon', 'none'], 'text', {
    ...PROGRAM,
    readBy: 'main/shell/desktop.ts',
  }),
  closeToTray: flag(true, { ...PROGRAM, readBy: 'main/shell/desktop.ts' }),
  /** Whether the program starts with the session. */
  autostart: flag(false, { ...PROGRAM, readBy: 'main/shell/autostart.ts' }),
  /** Whether it then shows no window. */
  startHidden: flag(true, { ...PROGRAM, readBy: 'main/shell/desktop.ts' }),
  /** Ids of the brand's services that are offered; `*`: all of them. */
  allowedServices: list(z.union([z.literal('*'), ServiceId]), 50, ['*'], {
    ...PROGRAM,
    readBy: 'main/shell/services.ts',
  }),
  /** Hosts whose pages links may open in the browser, beside the brand's own; none: any. */
  allowedLinkHosts: list(HostPattern, 500, [], { ...PROGRAM, readBy: 'main/shell/foundation.ts' }),
  /** Days after which a conversation that nobody opened is no longer kept on this PC; 0: the last twenty are, without end. */
  cacheDays: number({ min: 0, max: 3650 }, 0, { ...PROGRAM, readBy: 'main/shell/app-domain.ts' }),
  /** The languages that the spelling of messages is checked in. */
  spelling: choice(['off', 'fr', 'en', 'both'], 'both', { ...PROGRAM, readBy: 'main/shell/spelling.ts' }),
  /** Whether the person is asked where each download goes. */
  downloadsAsk: flag(true, { ...PROGRAM, readBy: 'main/shell/downloads.ts' }),
  /** The folder that downloads go to, `~` being the person's home; the system's own when nobody decides. */
  downloadsFolder: maybeText(PLACE, { ...PROGRAM, readBy: 'main/shell/downloads.ts' }),
  /** How much the log on this PC says. */
  logLevel: choice(['error', 'warn', 'info'], 'info', { ...PROGRAM, readBy: 'main/shell/foundation.ts' }),
} as const;

/** What calls begin with, and what they may do. */
export const callSettings = {
  /** Whether a new call begins with its waiting room on: whoever comes later is let in by somebody inside. */
  callLobby: flag(false, { ...PROGRAM, category: 'calls', readBy: 'main/shell/calls.ts' }),
  /** Lines of the picture that one's camera sends at most. */
  callVideoHeight: choice(['180', '360', '720', '1080'], '720', {
    ...PROGRAM,
    category: 'calls',
    readBy: 'main/shell/calls.ts',
  }),
  /** Whether one enters calls without sound from oneself. */
  startMuted: flag(false, { ...PROGRAM, category: 'calls', readBy: 'main/shell/calls.ts' }),
} as const;
