import type { PartnerRule, Person } from '../protocol.ts';

/** Nobody is a partner. */
export const NO_PARTNERS: PartnerRule = { nameInParentheses: false, userIdPrefixes: [], agentServers: [] };

const PARENTHESES = /^(?<name>.*\S)\s*\((?<organisation>[^()]+)\)$/u;

/**
 * A person as the interface shows them.
 * A partner's organisation is taken out of the name; without one there, the server's name stands for it.
 */
export function toPerson(
  member: { readonly userId: string; readonly name: string | null; readonly avatar: string | null },
  rule: PartnerRule,
): Person {
  const written = member.name ?? localpart(member.userId);
  const split = rule.nameInParentheses ? PARENTHESES.exec(written)?.groups : undefined;
  const organisation = split?.organisation?.trim() ?? null;
  const outside = organisation !== null || isOutside(member.userId, rule);
  return {
    userId: member.userId,
    name: split?.name?.trim() ?? written,
    partnerOf: outside ? (organisation ?? serverOf(member.userId)) : null,
    avatar: member.avatar === null ? null : { key: member.avatar, mimeType: 'image/*', size: null },
  };
}

function isOutside(userId: string, rule: PartnerRule): boolean {
  const local = localpart(userId);
  if (rule.userIdPrefixes.some((prefix) => prefix !== '' && local.startsWith(prefix))) return true;
  return rule.agentServers.length > 0 && !rule.agentServers.includes(serverOf(userId));
}

/** The part of a user id between @ and the first colon. */
export function localpart(userId: string): string {
  return userId.replace(/^@/, '').split(':', 1)[0] ?? userId;
}

function serverOf(userId: string): string {
  return userId.slice(userId.indexOf(':') + 1);
}
