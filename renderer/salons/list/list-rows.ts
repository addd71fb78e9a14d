import type { SalonSummary } from '../../matrix/protocol.ts';

/** Which salons are listed. */
export type ListFilter = 'all' | 'unread' | 'mentions' | 'calls';
export type ListGroup = 'ringing' | 'invitations' | 'pinned' | 'recent';

/** A line of the list: the name of a group, or a salon. */
export type ListRow =
  | { readonly kind: 'group'; readonly group: ListGroup }
  /** `caller` rings; null when nobody does. */
  | { readonly kind: 'salon'; readonly salon: SalonSummary; readonly caller: string | null };

const NOBODY_RINGS: ReadonlyMap<string, string> = new Map();
const GROUPS = ['ringing', 'invitations', 'pinned', 'recent'] as const satisfies readonly ListGroup[];

/**
 * The lines of the list in their order: those that ring first, then invitations, then pinned salons, then the others
 * by last activity (the order of the snapshot). A group is named only where there is more than one. `ringing`: who
 * rings, by salon.
 */
export function listRows(
  salons: readonly SalonSummary[],
  filter: ListFilter,
  typed: string,
  ringing: ReadonlyMap<string, string> = NOBODY_RINGS,
): readonly ListRow[] {
  const wanted = folded(typed);
  const groups: Record<ListGroup, ListRow[]> = { ringing: [], invitations: [], pinned: [], recent: [] };
  for (const salon of salons) {
    if (!passes(salon, filter) || !folded(salon.name).includes(wanted)) continue;
    const caller = ringing.get(salon.id) ?? null;
    groups[caller === null ? groupOf(salon) : 'ringing'].push({ kind: 'salon', salon, caller });
  }
  const named = GROUPS.filter((group) => groups[group].length > 0);
  const heading = (group: ListGroup): readonly ListRow[] =>
    named.length > 1 || group === 'ringing' || group === 'invitations' ? [{ kind: 'group', group }] : [];
  return named.flatMap((group) => heading(group).concat(groups[group]));
}

/** The salon before (-1) or after (+1) one in the list; with `unreadOnly` the next that has something to read. */
export function neighbour(
  salons: readonly SalonSummary[],
  current: string | null,
  step: 1 | -1,
  unreadOnly: boolean,
): string | null {
  const order = listRows(salons, 'all', '').flatMap((row) => (row.kind === 'salon' ? [row.salon] : []));
  const at = order.findIndex((salon) => salon.id === current);
  const ahead = step === 1 ? order.slice(at + 1) : at < 0 ? [] : order.slice(0, at).toReversed();
  const found = ahead.find((salon) => !unreadOnly || salon.unread > 0);
  return found?.id ?? null;
}

/** A text as it is compared while searching: without accents or capitals. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim();
}

function groupOf(salon: SalonSummary): ListGroup {
  if (salon.membership === 'invited') return 'invitations';
  return salon.pinned ? 'pinned' : 'recent';
}

function passes(salon: SalonSummary, filter: ListFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'unread':
      return salon.unread > 0 || salon.membership === 'invited';
    case 'mentions':
      return salon.mentions > 0;
    case 'calls':
      return salon.call !== null;
  }
}
