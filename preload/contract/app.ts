import { z } from 'zod';
import { BrandView } from './brand.ts';
import { event, Nothing, PATIENT_TIMEOUT_MS, request } from './channel.ts';
import { Label, SalonId } from './values.ts';

/** What the page needs before its first frame. */
export const AppInfo = z.strictObject({
  version: z.string(),
  platform: z.enum(['windows', 'macos', 'linux']),
  language: z.enum(['fr', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Over remote desktop, or the person's system asks for it: no motion. */
  reducedEffects: z.boolean(),
  /** Days that a conversation which nobody opens is kept on this PC; 0: without end. */
  cacheDays: z.int().min(0).max(3650),
  brand: BrandView,
});
export type AppInfo = z.infer<typeof AppInfo>;

/** What the organisation's policy lets the page do, as it is now: it may change while the page is there. */
export const AppOffers = AppInfo.pick({ cacheDays: true }).extend({ services: BrandView.shape.services });
export type AppOffers = z.infer<typeof AppOffers>;

const NotificationId = z.string().max(100);

/** A system notification; what the person does with it comes back by `takeNotificationUses`. */
export const Notification = z.strictObject({
  id: NotificationId,
  salonId: SalonId,
  title: Label,
  body: Label,
  kind: z.enum(['message', 'ringing']),
});
export type Notification = z.infer<typeof Notification>;

/** What a person did with a notification. `reply` carries what they wrote in it, longer than any system lets them. */
export const NotificationUse = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open') }),
  z.strictObject({ kind: z.literal('accept') }),
  z.strictObject({ kind: z.literal('decline') }),
  z.strictObject({ kind: z.literal('reply'), text: z.string().max(100_000) }),
]);
export type NotificationUse = z.infer<typeof NotificationUse>;

/** A notification that was used, maybe one of an earlier run. */
export const UsedNotification = z.strictObject({
  id: NotificationId,
  salonId: SalonId,
  use: NotificationUse,
});
export type UsedNotification = z.infer<typeof UsedNotification>;

/** Commands of the menu, tray and global shortcuts that the page carries out. */
export const AppCommand = z.enum([
  'new-salon',
  'search',
  'show-salons',
  'show-files',
  'show-calls',
  'show-settings',
  'call-or-join',
  'show-shortcuts',
]);
export type AppCommand = z.infer<typeof AppCommand>;

/** What the system asked to open: by a link, a shortcut of the desktop, another window of ours. */
export const Opening = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('salon'), salonId: SalonId }),
  /** The call of a salon: the person joins it themselves, a link opens no microphone. */
  z.strictObject({ kind: z.literal('call'), salonId: SalonId }),
  z.strictObject({ kind: z.literal('command'), command: AppCommand }),
  /** A link that names nothing which a link may open. */
  z.strictObject({ kind: z.literal('refused') }),
]);
export type Opening = z.infer<typeof Opening>;

/** The program itself: what it is, its window, its notifications and links. */
export const app = {
  audience: 'app',
  requests: {
    info: request({ request: Nothing, answer: AppInfo }),
    /** What is to be opened, if anything; asking takes it. */
    takeOpening: request({ request: Nothing, answer: Opening.nullable() }),
    /** Opens a web page in the system browser; main refuses anything but web pages, mailto and tel. */
    openLink: request({ request: z.strictObject({ url: z.string().max(4000) }), answer: Nothing }),
    notify: request({ request: Notification, answer: Nothing }),
    closeNotification: request({ request: z.strictObject({ id: NotificationId }), answer: Nothing }),
    /** What was done with notifications since it was asked last; asking takes it. */
    takeNotificationUses: request({ request: Nothing, answer: z.array(UsedNotification) }),
    /** What the taskbar, dock and tray show. */
    setUnread: request({
      request: z.strictObject({
        messages: z.number().int().nonnegative(),
        mentions: z.number().int().nonnegative(),
      }),
      answer: Nothing,
    }),
    /** Saves a text where the person says (the recovery code): false when they cancelled. */
    saveText: request(
      {
        request: z.strictObject({ suggestedName: z.string().min(1).max(100), text: z.string().max(10_000) }),
        answer: z.strictObject({ saved: z.boolean() }),
      },
      PATIENT_TIMEOUT_MS * 5,
    ),
    /** Puts a text on the clipboard. */
    copyText: request({ request: z.strictObject({ text: z.string().max(100_000) }), answer: Nothing }),
    /** A line for the log file: a code and safe numbers, never a message body. */
    log: request({
      request: z.strictObject({
        level: z.enum(['info', 'warn', 'error']),
        event: z.string().regex(/^[a-z0-9.-]{1,80}$/),
        details: z
          .record(z.string().regex(/^[\w.-]{1,60}$/), z.union([z.string().max(500), z.number(), z.boolean()]))
          .refine((details) => Object.keys(details).length <= 20),
      }),
      answer: Nothing,
    }),
  },
  events: {
    command: event(z.strictObject({ command: AppCommand })),
    offersChanged: event(AppOffers, 'latest'),
    /** A notification was used: `takeNotificationUses` tells how. */
    notificationUsed: event(Nothing, 'latest'),
    /** Something is to be opened: `takeOpening` names it. */
    openingWaits: event(Nothing, 'latest'),
    /** This computer is nearly out of memory: programs may be stopped by it. Told once a run. */
    memoryShort: event(Nothing, 'latest'),
    /** The window came to the front or left it: what is hidden stops moving and polling. */
    attention: event(z.strictObject({ focused: z.boolean(), visible: z.boolean() }), 'latest'),
  },
} as const;
