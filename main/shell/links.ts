import { SalonId } from '../../preload/contract/values.ts';

const OPENABLE: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:', 'tel:']);

/** What a link may fill in of a mail (RFC 6068); some mail programs would also attach a file that it names. */
const MAIL_FIELDS: ReadonlySet<string> = new Set(['to', 'cc', 'bcc', 'subject', 'body', 'in-reply-to']);

/** An address that may be handed to the system, normalised; null for everything but web pages, mail and telephone. */
export function openableLink(address: string): string | null {
  const url = URL.parse(address);
  if (!url || !OPENABLE.has(url.protocol) || url.username || url.password) return null;
  if (url.protocol === 'mailto:') url.search = harmless(url.search);
  return url.href;
}

function harmless(query: string): string {
  const fields = query.slice(1).split('&');
  return fields.filter((field) => MAIL_FIELDS.has(field.split('=')[0]?.toLowerCase() ?? '')).join('&');
}

/**
 * The salon that a link `<scheme>://salon/<id>` names, null for any other: nothing else can be asked for by a link.
 * Room ids of version 12 stand alone, older ones name a server after a colon.
 */
export function salonOfLink(address: string, scheme: string): string | null {
  const start = `${scheme}://salon/`;
  if (!address.toLowerCase().startsWith(start)) return null;
  try {
    return SalonId.safeParse(decodeURIComponent(address.slice(start.length).replace(/\/$/, ''))).data ?? null;
  } catch {
    return null; // wrong escapes name nothing
  }
}

/** Finds the link among a program's arguments by its scheme: a second instance's come with switches of Chromium's. */
export function linkAmong(args: readonly string[], scheme: string): string | null {
  return args.find((arg) => arg.toLowerCase().startsWith(`${scheme}://`)) ?? null;
}
