import { AppCommand, type Opening } from '../../preload/contract/app.ts';
import { openingOfLink } from './links.ts';

/** What the desktop's own shortcuts (jump list, desktop actions) may ask for: a command of the page, or quiet. */
export type StartAct =
  | { readonly kind: 'open'; readonly opening: Opening | null }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'toggle-quiet' };

/** The session started the program: nobody asked for a window. */
export const HIDDEN_SWITCH = '--hidden';
/** Asks for a command of the menu, or `toggle-quiet`. */
export const ACT_SWITCH = '--act=';
/** The value of the switch that turns do not disturb on for an hour, or off. */
export const QUIET_ACT = 'toggle-quiet';

/** Chromium hands 32 kB from one instance to the other; it takes the first for dead when there is more, and ends it. */
const LONGEST_HANDED_OVER = 8000;

/**
 * The arguments of a start that is short enough to be handed over: what is far too long can only be a link that nobody
 * of ours made, and becomes a short foreign one. Null when they are as they should be.
 */
export function shortenedArguments(args: readonly string[], scheme: string): string[] | null {
  if (lengthOf(args) <= LONGEST_HANDED_OVER) return null;
  const others = args.filter((arg) => !isLink(arg, scheme));
  return [...(lengthOf(others) < LONGEST_HANDED_OVER - scheme.length - 3 ? others : []), `${scheme}://`];
}

function lengthOf(args: readonly string[]): number {
  return args.reduce((sum, arg) => sum + arg.length, 0);
}

function isLink(argument: string, scheme: string): boolean {
  return argument.toLowerCase().startsWith(`${scheme}://`);
}

/**
 * What a start of the program asks for. Its arguments are found by what they look like, never by their place: a second
 * instance's come with switches of Chromium's, in an order of Chromium's.
 */
export function actOfStart(args: readonly string[], scheme: string): StartAct {
  const link = args.find((arg) => isLink(arg, scheme));
  if (link !== undefined) return { kind: 'open', opening: openingOfLink(link, scheme) };
  const act = args.find((arg) => arg.startsWith(ACT_SWITCH))?.slice(ACT_SWITCH.length);
  if (act === QUIET_ACT) return { kind: 'toggle-quiet' };
  const command = AppCommand.safeParse(act).data;
  if (command !== undefined) return { kind: 'open', opening: { kind: 'command', command } };
  return args.includes(HIDDEN_SWITCH) ? { kind: 'hidden' } : { kind: 'open', opening: null };
}
