import { z } from 'zod';
import { ConferenceDomain } from '../../../preload/contract/calls.ts';
import { PartnerRule } from '../../../preload/contract/partners.ts';
import { ServerUrl } from '../../../preload/contract/values.ts';
import { HostPattern } from './network.ts';
import { choice, type Facts, flag, list, maybeText, text } from './setting.ts';

const SERVERS = { category: 'servers', scope: 'both', since: '0.1.0' } as const satisfies Partial<Facts>;
const ACCOUNT = { category: 'account', scope: 'both', since: '0.1.0' } as const satisfies Partial<Facts>;
const ADDRESS = { type: ServerUrl, maxLength: 500 };

/** The user name at the file server, from the chat's: `{localpart}`, `{server}`. */
export const FileUserName = z
  .string()
  .max(200)
  .regex(/^[^{}]*(\{(localpart|server)\}[^{}]*)+$/);

/** Which servers there are, and who is who on them. */
export const serverSettings = {
  /** The chat server to use, whatever address is typed. */
  chatServer: maybeText(ADDRESS, { ...SERVERS, readBy: 'main/index.ts' }),
  /** The file server to use, whatever address is typed. */
  filesServer: maybeText(ADDRESS, { ...SERVERS, readBy: 'main/index.ts' }),
  /** Servers that a person may sign in to, beside the brand's: hosts, or all below one; none: any. */
  allowedServers: list(HostPattern, 100, [], { ...SERVERS, readBy: 'main/index.ts' }),
  /** Hosts that calls may go to; the first is for new calls. */
  conferenceDomains: list(ConferenceDomain, 50, [], { ...SERVERS, readBy: 'main/shell/calls.ts' }),
  /** Server names whose people are agents; none named: those of the person's own server. */
  agentServers: list(PartnerRule.shape.agentServers.element, 100, [], {
    ...SERVERS,
    readBy: 'main/shell/app-domain.ts',
  }),
  /** User names on those servers that are partners all the same. */
  partnerUserNames: list(PartnerRule.shape.partnerUserNames.element, 100, [], {
    ...SERVERS,
    readBy: 'main/shell/app-domain.ts',
  }),
  fileUserName: text({ type: FileUserName, maxLength: 200 }, '{localpart}', {
    ...SERVERS,
    readBy: 'main/index.ts',
  }),
} as const;

/** What a person may do with accounts, and where they are kept. */
export const accountSettings = {
  /** Where sessions are kept on a machine without a key store: in memory, or in a file only its owner can read. */
  secretsWithoutKeyStore: choice(['memory', 'file'], 'memory', {
    ...ACCOUNT,
    scope: 'machine',
    readBy: 'main/index.ts',
  }),
  /** Whether a person may have a second account here, beside the first. */
  mayAddAccount: flag(true, { ...ACCOUNT, scope: 'machine', readBy: 'main/index.ts' }),
  /** Whether a person may sign in to servers that neither brand nor policy names. */
  mayChangeServers: flag(true, { ...ACCOUNT, readBy: 'main/index.ts' }),
  /** Whether a person may type their password for the conversations into the program; else their browser asks for it. */
  passwordSignIn: flag(true, { ...ACCOUNT, readBy: 'main/accounts/' }),
  mayExportDiagnostics: flag(true, { ...ACCOUNT, readBy: 'main/shell/diagnostics.ts' }),
} as const;
