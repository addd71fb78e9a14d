import { z } from 'zod';
import type { Finding } from '../../preload/contract/diagnostics.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { fetchUserId } from '../accounts/nextcloud.ts';
import { diagnoseConference } from '../calls/conference-server.ts';
import { AppError } from '../contract/app-error.ts';
import { ask, expectJson } from '../http/answers.ts';
import type { Http } from '../http/http.ts';
import type { Check } from './checks.ts';

/** What the servers are checked with. */
export interface ServiceParts {
  readonly http: Http;
  readonly accounts: Pick<Accounts, 'state' | 'chatSession' | 'filesAccess'>;
  readonly conferenceDomains: () => readonly string[];
}

const SERVER_LIMIT_MS = 15_000;

/** Client-Server API, GET /_matrix/client/versions and GET /account/whoami. */
const Versions = z.object({ versions: z.array(z.string()) });
const WhoAmI = z.object({ user_id: z.string() });
/** What every Nextcloud tells anyone (status.php). */
const Status = z.object({ installed: z.boolean(), maintenance: z.boolean(), versionstring: z.string() });

/** Whether the servers of the account are there, are what they should be, and know the person. */
export function serviceChecks({
  http,
  accounts,
  conferenceDomains,
}: ServiceParts): Readonly<Record<'chat' | 'files' | 'calls', Check>> {
  return {
    chat: { limitMs: SERVER_LIMIT_MS, run: (signal) => checkChat(http, accounts, signal) },
    files: { limitMs: SERVER_LIMIT_MS, run: (signal) => checkFiles(http, accounts, signal) },
    calls: { limitMs: SERVER_LIMIT_MS, run: (signal) => checkCalls(http, conferenceDomains(), signal) },
  };
}

async function checkChat(
  http: Http,
  accounts: ServiceParts['accounts'],
  signal: AbortSignal,
): Promise<Finding> {
  const { chat } = accounts.state();
  if (chat.status === 'none') return { code: 'chat-none', facts: {} };
  const { serverUrl } = chat;
  const { host } = new URL(serverUrl);
  return found('chat', host, async () => {
    const answer = await ask(http, 'chat', { url: `${serverUrl}/_matrix/client/versions`, signal });
    expectJson(answer, 'chat', Versions);
    const authorization = `Bearer ${accounts.chatSession().accessToken}`;
    const who = await ask(http, 'chat', {
      url: `${serverUrl}/_matrix/client/v3/account/whoami`,
      headers: { authorization },
      signal,
    });
    if (who.status === 401) throw new AppError('not-signed-in.chat');
    if (who.status !== 200) throw new AppError('refused.chat', { status: who.status });
    expectJson(who, 'chat', WhoAmI);
    return { code: 'chat-fine', facts: { host } };
  });
}

async function checkFiles(
  http: Http,
  accounts: ServiceParts['accounts'],
  signal: AbortSignal,
): Promise<Finding> {
  const { files } = accounts.state();
  if (files.status === 'none') return { code: 'files-none', facts: {} };
  const { host } = new URL(files.serverUrl);
  return found('files', host, async () => {
    const answer = await ask(http, 'files', { url: `${files.serverUrl}/status.php`, signal });
    const { maintenance, versionstring } = expectJson(answer, 'files', Status);
    if (maintenance) throw new AppError('maintenance.files');
    const access = accounts.filesAccess();
    if (!access) throw new AppError('not-signed-in.files');
    await fetchUserId(http, access, signal);
    return { code: 'files-fine', facts: { host, version: versionstring.slice(0, 40) } };
  });
}

async function checkCalls(http: Http, domains: readonly string[], signal: AbortSignal): Promise<Finding> {
  const [host] = domains;
  if (host === undefined) return { code: 'calls-none', facts: {} };
  return found('calls', host, async () => {
    await diagnoseConference(http, host, signal);
    return { code: 'calls-fine', facts: { host } };
  });
}

/** What an error of a server means for a check of it; what is none of a server's goes on. */
async function found(
  check: 'chat' | 'files' | 'calls',
  host: string,
  look: () => Promise<Finding>,
): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    const code = error instanceof AppError ? meaning(check, error) : null;
    if (code === null) throw error;
    return { code, facts: { host } };
  }
}

function meaning(check: 'chat' | 'files' | 'calls', { code, about }: AppError): Finding['code'] | null {
  if (about === 'certificate.own') return 'own-certificate';
  if (code === 'offline') return 'offline';
  if (code === 'unreachable' || code === 'timeout') return `${check}-unreachable`;
  if (code === 'certificate') return `${check}-certificate`;
  if (code === 'not-a-server') return `${check}-stranger`;
  if (code === 'maintenance') return 'files-maintenance';
  if (check === 'calls') return null;
  if (code === 'not-signed-in') return `${check}-ended`;
  return code === 'refused' || code === 'rate-limited' ? `${check}-refused` : null;
}
