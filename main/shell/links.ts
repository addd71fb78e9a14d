import type { Opening } from '../../preload/contract/app.ts';
import { SalonId } from '../../preload/contract/values.ts';
import { matchesHost } from '../policy/host-pattern.ts';

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
 * Whether the organisation lets the browser be given a link (normalised): to one of its hosts (none: to any), or one of its
 * own pages. Mail and telephone numbers lead nowhere on the web.
 */
export function permittedLink(
  link: string,
  { hosts, own }: { readonly hosts: readonly string[]; readonly own: readonly string[] },
): boolean {
  const { protocol, host } = new URL(link);
  if (hosts.length === 0 || (protocol !== 'http:' && protocol !== 'https:')) return true;
  return (
    hosts.some((pattern) => matchesHost(pattern, host)) || own.some((page) => openableLink(page) === link)
  );
}

/** Longer ones name nothing that we know: a salon's id has 255 characters at most, each of them escaped three. */
const LONGEST_LINK = 1000;
const HIDDEN_CHARACTERS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * What a link of the brand's scheme asks for: `<scheme>://salon/<id>` a conversation, `<scheme>://call/<id>` its call.
 * Any other is refused: nothing else can be asked for by a link. Room ids of version 12 stand alone, older ones name a
 * server after a colon.
 */
export function openingOfLink(link: string, scheme: string): Opening {
  const refused = { kind: 'refused' } as const;
  const start = `${scheme}://`;
  if (link.length > LONGEST_LINK || !link.toLowerCase().startsWith(start)) return refused;
  const { kind, id } =
    /^(?<kind>salon|call)\/(?<id>[^/?#]+)\/?$/i.exec(link.slice(start.length))?.groups ?? {};
  const salonId = SalonId.safeParse(unescaped(id ?? '')).data;
  if (salonId === undefined || HIDDEN_CHARACTERS.test(salonId)) return refused;
  return { kind: kind?.toLowerCase() === 'call' ? 'call' : 'salon', salonId };
}

/** Wrong escapes name nothing. */
function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
