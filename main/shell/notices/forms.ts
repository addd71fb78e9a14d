import { z } from 'zod';
import { UsedNotification as Used, type UsedNotification } from '../../../preload/contract/app.ts';
import type { Notice } from './notice.ts';

/** A notice as Electron takes it on macOS: buttons in their order, a field to answer in. */
export interface MacForm {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  readonly actions: readonly { readonly type: 'button'; readonly text: string }[];
  readonly hasReply: boolean;
  readonly replyPlaceholder?: string;
}

/** The form for macOS. */
export function macForm({ key, title, body, isRinging, buttons, reply }: Notice): MacForm {
  return {
    id: key,
    title,
    body,
    silent: isRinging,
    actions: buttons.map(({ label }) => ({ type: 'button', text: label })),
    hasReply: reply !== null,
    ...(reply && { replyPlaceholder: reply.placeholder }),
  };
}

/** Completes what a toast carries, so that nobody else can make one up. */
type Seal = (given: string) => string;

/** The field's name in a toast. */
const FIELD = 'reply';

/**
 * The form for Windows (toast schema). Whatever is pressed carries all that has to be known of it, so that a toast that
 * waits in the notification centre works although the program that showed it is gone. `type`, `tag` and `action` are the
 * words by which Electron finds the notification that it showed.
 */
export function windowsToast(notice: Notice, seal: Seal): string {
  const { title, body, isRinging, buttons, reply } = notice;
  const given = (use: keyof typeof ELECTRON_TYPES, index?: number) => seal(argumentsOf(notice, use, index));
  const kind = isRinging ? ' scenario="incomingCall" useButtonStyle="true"' : '';
  const fields = reply
    ? `<input id="${FIELD}" type="text" placeHolderContent="${escaped(reply.placeholder)}"/>` +
      action(reply.label, given('reply'), ` hint-inputId="${FIELD}"`)
    : '';
  const actions = buttons.map(({ use, label }, index) =>
    action(label, given(use, index), ` hint-buttonStyle="${STYLES[use]}"`),
  );
  return [
    `<toast launch="${escaped(given('open'))}"${kind}><visual><binding template="ToastGeneric">`,
    `<text>${escaped(title)}</text><text>${escaped(body)}</text></binding></visual>`,
    isRinging ? '<audio silent="true"/>' : '',
    fields || actions.length > 0 ? `<actions>${fields}${actions.join('')}</actions>` : '',
    '</toast>',
  ].join('');
}

const STYLES = { accept: 'Success', decline: 'Critical' } as const;
const ELECTRON_TYPES = { open: 'click', accept: 'action', decline: 'action', reply: 'reply' } as const;

function action(label: string, given: string, more: string): string {
  return `<action content="${escaped(label)}" arguments="${escaped(given)}" activationType="foreground"${more}/>`;
}

function argumentsOf({ key, id, salonId }: Notice, use: keyof typeof ELECTRON_TYPES, index?: number): string {
  const type = ELECTRON_TYPES[use];
  return String(
    new URLSearchParams({
      type,
      tag: key,
      ...(index === undefined ? {} : { action: String(index) }),
      use,
      id,
      salon: salonId,
    }),
  );
}

/** XML 1.0 has no place for most control characters, nor for halves of characters. */
function escaped(text: string): string {
  const ENTITIES: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '')
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}

/** What Windows tells of a toast that was used (Electron's ActivationArguments). */
const Activation = z.object({
  arguments: z.string(),
  reply: z.string().optional(),
  userInputs: z.record(z.string(), z.string()).optional(),
});

/** A toast of ours that was used. */
export interface UsedToast {
  readonly key: string;
  readonly used: UsedNotification;
  /** Id of the account that it is about; null: nobody's. */
  readonly account: string | null;
}

/** Reads what Windows tells; null for what is no toast of ours, as `open` says of what it carries. */
export function usedToast(
  details: unknown,
  open: (sealed: string) => Pick<UsedToast, 'account'> | null,
): UsedToast | null {
  const told = Activation.safeParse(details).data;
  const ours = told && open(told.arguments);
  if (!ours) return null;
  const given = new URLSearchParams(told.arguments);
  const kind = given.get('use');
  const text = told.reply ?? told.userInputs?.[FIELD];
  const use = kind === 'reply' ? { kind, text } : { kind };
  const used = Used.safeParse({ id: given.get('id'), salonId: given.get('salon'), use }).data;
  return used ? { key: given.get('tag') ?? '', used, ...ours } : null;
}

/** How the program is known to a desktop. */
export interface ProgramLook {
  readonly name: string;
  /** Path of a picture. */
  readonly icon: string;
  /** Name of its desktop entry, without the ending. */
  readonly entry: string;
}

/** Keys of actions on a freedesktop.org desktop: those of ours, that for a click, and that for a field to answer in. */
export const CLICKED = 'default';
export const FIELD_ACTION = 'inline-reply';
export const WRITE = 'write';

/** The arguments of `Notify` (Desktop Notifications Specification 1.3), of types `susssasa{sv}i`. */
export type NotifyArguments = readonly [
  program: string,
  replaces: number,
  icon: string,
  title: string,
  body: string,
  actions: readonly string[],
  hints: readonly (readonly [name: string, value: readonly [type: string, value: unknown]])[],
  expires: number,
];

const FOR_EVER = 0;
const AS_USUAL = -1;

/**
 * The form for freedesktop.org desktops, by what the one in use says that it can. One without a field to answer in has a
 * button that leads to the conversation.
 */
export function freedesktopForm(
  notice: Notice,
  can: ReadonlySet<string>,
  look: ProgramLook,
): NotifyArguments {
  const { title, body, isRinging, reply } = notice;
  return [
    look.name,
    0,
    look.icon,
    title,
    can.has('body-markup') ? withoutMarkup(body) : body,
    can.has('actions') ? actionsOf(notice, can) : [],
    [
      ['urgency', ['y', isRinging ? 2 : 1]],
      ['category', ['s', isRinging ? 'call.incoming' : 'im.received']],
      ['desktop-entry', ['s', look.entry]],
      ...(isRinging ? [['suppress-sound', ['b', true]] as const] : []),
      ...(reply ? fieldHints(reply) : []),
    ],
    isRinging ? FOR_EVER : AS_USUAL,
  ];
}

/** What Plasma writes in the field, and beside it. */
function fieldHints({ placeholder, label }: NonNullable<Notice['reply']>): NotifyArguments[6] {
  return [
    ['x-kde-reply-placeholder-text', ['s', placeholder]],
    ['x-kde-reply-submit-button-text', ['s', label]],
  ];
}

function actionsOf({ openLabel, buttons, reply }: Notice, can: ReadonlySet<string>): readonly string[] {
  return [
    CLICKED,
    openLabel,
    ...buttons.flatMap(({ use, label }) => [use, label]),
    ...(reply ? [can.has(FIELD_ACTION) ? FIELD_ACTION : WRITE, reply.label] : []),
  ];
}

/** A body may hold markup where the desktop knows it: ours holds none. */
function withoutMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
