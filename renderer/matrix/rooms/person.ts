import { type PartnerRule, partnerOf, splitUserId } from '../../../preload/contract/partners.ts';
import type { Person } from '../protocol.ts';

/** Nobody is a partner: a rule that names no server of agents. */
const NO_PARTNERS: PartnerRule = { agentServers: [], partnerUserNames: [] };

const ORGANISATION = /\s*\([^()]+\)\s*$/u;

/** The rule as it applies to someone: where it names no server, the agents are those of the person's own. */
export function partnersFor(ownId: string, rule: PartnerRule | undefined): PartnerRule {
  if (!rule) return NO_PARTNERS;
  return rule.agentServers.length > 0 ? rule : { ...rule, agentServers: [splitUserId(ownId)[1]] };
}

/**
 * A person as the interface shows them. A partner's organisation is taken out of the name, where it stands beside it.
 */
export function toPerson(
  member: { readonly userId: string; readonly name: string | null; readonly avatar: string | null },
  rule: PartnerRule,
): Person {
  const { userId } = member;
  const written = member.name ?? localpart(userId);
  const known = { userId, displayName: written };
  const organisation = rule.agentServers.length > 0 ? partnerOf(known, '', rule) : null;
  return {
    userId,
    name: organisation === null ? written : written.replace(ORGANISATION, '') || written,
    partnerOf: organisation,
    avatar: member.avatar === null ? null : { key: member.avatar, mimeType: 'image/*', size: null },
  };
}

/** The part of a user id between @ and the first colon. */
export function localpart(userId: string): string {
  return userId.replace(/^@/, '').split(':', 1)[0] ?? userId;
}
