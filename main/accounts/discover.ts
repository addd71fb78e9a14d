import { z } from 'zod';
import { type ChatOffer, type Discovery, SignOnProvider } from '../../preload/contract/accounts.ts';
import type { Servers } from '../brand/schema.ts';
import { AppError, toContractError } from '../contract/app-error.ts';
import { ask, expectJson, jsonOf } from '../http/answers.ts';
import { type Http, isLoopback } from '../http/http.ts';
import { normalised, readAddress, type TypedAddress } from './address.ts';
import type { AllowedServers } from './allowed-servers.ts';

/** Who knows about servers besides the address: policy decides, brand helps out. */
export interface KnownServers {
  readonly policy: { readonly [S in keyof Servers]?: Servers[S] | undefined } & AllowedServers & {
      /** Whether a password for the chat may be typed into the program; undefined: it may. */
      readonly passwordSignIn?: boolean;
    };
  readonly brand: Servers;
}

/** A domain's own word about its servers (Client-Server API, "Server Discovery"; the second key is ours). */
const WellKnown = z.object({
  'm.homeserver': z.object({ base_url: z.string() }).optional(),
  'fr.traboule.servers': z.object({ files: z.string().optional() }).optional(),
});
type WellKnown = z.infer<typeof WellKnown>;
const Versions = z.object({ versions: z.array(z.string()).min(1) });
/** A name that is too long, or one that can't stand in an address, is no way in. */
const { id, name } = SignOnProvider.shape;
const Provider = z.object({ id: id.unwrap(), name: name.unwrap() });
const LoginFlows = z.object({
  flows: z.array(
    z.object({ type: z.string(), identity_providers: z.array(z.unknown()).optional().catch(undefined) }),
  ),
});
type LoginFlow = z.infer<typeof LoginFlows>['flows'][number];
const FilesStatus = z.object({
  installed: z.boolean(),
  maintenance: z.boolean(),
  productname: z.string().optional(),
});

/** More than a person could choose from. */
const MOST_PROVIDERS = 20;

/** Finds what to sign in to from what was typed. Each server may be missing or ill without the other. */
export async function discover(
  http: Http,
  typed: string,
  known: KnownServers,
  signal: AbortSignal,
): Promise<Discovery> {
  const address = readAddress(typed);
  if (!address) throw new AppError('not-found.address');
  const wellKnown = address.domain === null ? null : await askDomain(http, address.domain, signal);
  const [chat, files] = await Promise.all([
    settle(findChat(http, address, wellKnown, known, signal)),
    settle(findFiles(http, wellKnown, known, signal)),
  ]);
  return {
    chat:
      'value' in chat
        ? { found: true, offer: chat.value }
        : { found: false, error: toContractError(chat.error) },
    files:
      'value' in files
        ? { found: true, ...files.value }
        : { found: false, error: toContractError(files.error) },
  };
}

async function settle<T>(found: Promise<T>): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await found };
  } catch (error) {
    return { error };
  }
}

/** The well-known of a domain, null when it has none or answers something else. */
async function askDomain(http: Http, domain: string, signal: AbortSignal): Promise<WellKnown | null> {
  try {
    const answer = await ask(http, 'chat', { url: `${originOf(domain)}/.well-known/matrix/client`, signal });
    return answer.status === 200 ? jsonOf(answer, WellKnown) : null;
  } catch (error) {
    if (error instanceof AppError) return null; // the servers themselves are asked next and say what is wrong
    throw error;
  }
}

function originOf(domain: string): string {
  return isLoopback(new URL(`https://${domain}`).hostname) ? `http://${domain}` : `https://${domain}`;
}

async function findChat(
  http: Http,
  { user, domain }: TypedAddress,
  wellKnown: WellKnown | null,
  known: KnownServers,
  signal: AbortSignal,
): Promise<ChatOffer> {
  const { passwordSignIn: mayUsePassword = true } = known.policy;
  const offerOf = (server: string) =>
    chatOffer(http, normalised(server, 'chat'), { user, mayUsePassword }, signal);
  const told = known.policy.chat ?? wellKnown?.['m.homeserver']?.base_url;
  if (told) return offerOf(told);
  if (domain === null) {
    if (known.brand.chat === null) throw new AppError('not-found.address');
    return offerOf(known.brand.chat);
  }
  try {
    return await offerOf(originOf(domain));
  } catch (error) {
    if (!(error instanceof AppError) || known.brand.chat === null || error.code === 'cancelled') throw error;
    return offerOf(known.brand.chat);
  }
}

async function chatOffer(
  http: Http,
  serverUrl: string,
  { user, mayUsePassword }: { readonly user: string; readonly mayUsePassword: boolean },
  signal: AbortSignal,
): Promise<ChatOffer> {
  const versions = await ask(http, 'chat', { url: `${serverUrl}/_matrix/client/versions`, signal });
  expectJson(versions, 'chat', Versions);
  const login = await ask(http, 'chat', { url: `${serverUrl}/_matrix/client/v3/login`, signal });
  const { flows } = expectJson(login, 'chat', LoginFlows);
  const takesPassword = flows.some(({ type }) => type === 'm.login.password');
  const browser = waysByBrowser(flows.find(({ type }) => type === 'm.login.sso'));
  if (takesPassword && !mayUsePassword && browser.length === 0) throw new AppError('forbidden.password');
  return { serverUrl, user, password: takesPassword && mayUsePassword, browser };
}

/** Who may be asked in the browser (Client-Server API, SSO client login): a server that names nobody asks there itself. */
function waysByBrowser(flow: LoginFlow | undefined): SignOnProvider[] {
  if (!flow) return [];
  const named = (flow.identity_providers ?? []).flatMap((told) => Provider.safeParse(told).data ?? []);
  return named.length > 0 ? named.slice(0, MOST_PROVIDERS) : [{ id: null, name: null }];
}

/** What the chat server of an account asks for. Throws what keeps it from answering, `forbidden.password` where it takes nothing else. */
export function askForOffer(
  http: Http,
  { serverUrl, user }: { readonly serverUrl: string; readonly user: string },
  { passwordSignIn = true }: KnownServers['policy'],
  signal: AbortSignal,
): Promise<ChatOffer> {
  return chatOffer(http, serverUrl, { user, mayUsePassword: passwordSignIn }, signal);
}

async function findFiles(
  http: Http,
  wellKnown: WellKnown | null,
  known: KnownServers,
  signal: AbortSignal,
): Promise<{ serverUrl: string; productName: string }> {
  const told = known.policy.files ?? wellKnown?.['fr.traboule.servers']?.files ?? known.brand.files;
  if (!told) throw new AppError('not-found.files-server');
  const serverUrl = normalised(told, 'files');
  const status = expectJson(
    await ask(http, 'files', { url: `${serverUrl}/status.php`, signal }),
    'files',
    FilesStatus,
  );
  if (!status.installed) throw new AppError('not-a-server.files', { host: new URL(serverUrl).host });
  if (status.maintenance) throw new AppError('maintenance.files');
  return { serverUrl, productName: status.productname || 'Nextcloud' };
}
