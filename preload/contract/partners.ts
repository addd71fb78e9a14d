import { z } from 'zod';

/** How to tell a partner (someone from outside) from an agent, as brand or policy say. */
export const PartnerRule = z.strictObject({
  /** Server names whose people are agents; none named: those of the person's own server. */
  agentServers: z.array(z.string().min(1).max(230)).max(100),
  /** User names on those servers that are partners all the same; `*` stands for anything: `ext-*`. */
  partnerUserNames: z.array(z.string().regex(/^[a-z0-9._=/*+-]{1,100}$/)).max(100),
});
export type PartnerRule = z.infer<typeof PartnerRule>;

/** Someone as the rule sees them. */
export interface Known {
  readonly userId: string;
  readonly displayName: string;
}

/**
 * The organisation of a partner, null for an agent. It is what stands in brackets at the end of the display name
 * (`Claire Morel (Atelier Confluence)`), else the name of the partner's server.
 */
export function partnerOf(person: Known, ownServer: string, rule: PartnerRule): string | null {
  const [userName, server] = splitUserId(person.userId);
  const agentServers = rule.agentServers.length > 0 ? rule.agentServers : [ownServer];
  const isAgent =
    agentServers.includes(server) && !rule.partnerUserNames.some((pattern) => matches(pattern, userName));
  if (isAgent) return null;
  return /\(([^()]+)\)\s*$/.exec(person.displayName)?.[1]?.trim() ?? server;
}

/** The user name and the server of a Matrix id; the server may have a port. */
export function splitUserId(userId: string): [userName: string, server: string] {
  const colon = userId.indexOf(':');
  return [userId.slice(1, colon), userId.slice(colon + 1)];
}

function matches(pattern: string, userName: string): boolean {
  const source = pattern.split('*').map((part) => part.replaceAll(/[.+/=-]/g, String.raw`\$&`));
  return new RegExp(`^${source.join('.*')}$`).test(userName);
}
