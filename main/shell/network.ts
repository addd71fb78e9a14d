import { hostname } from 'node:os';
import { app, net, session } from 'electron';
import type { Accounts } from '../accounts/accounts.ts';
import { createHttp, type Http } from '../http/http.ts';
import type { ProxySignIn } from '../network/proxy-sign-in.ts';
import { ReachWatch } from '../network/reach.ts';
import { answerCertificateRequests } from './client-certificates.ts';
import type { Desktop } from './desktop.ts';
import type { Foundation } from './foundation.ts';
import { answerProxies, challengeOf } from './proxy-logins.ts';
import { sessionFetch } from './session-fetch.ts';
import { wipeSession } from './wipe-session.ts';

/** The way to the servers for what speaks to them in main. */
export interface Network {
  /** What a proxy that asks is answered, for pages and files alike. */
  readonly proxies: ProxySignIn;
  /** Main's own requests: the proxy and certificates of all sessions, no cookies, no cache on disk. */
  readonly http: Http;
}

/** From now on, who asks on the way to the servers is answered. Electron must be ready. */
export async function openNetwork({ data, network, policy, log }: Foundation): Promise<Network> {
  const mayRemember = (): boolean => policy.values.rememberProxyPassword;
  const proxies = await answerProxies({
    data,
    desk: network,
    mayRemember,
    basicServers: () => policy.values.basicServers,
    log,
  });
  answerCertificateRequests(policy, network, log);
  const own = session.fromPartition('http', { cache: false });
  const http = createHttp(
    sessionFetch(own, async (asked, url) => (asked.isProxy ? proxies.answer(challengeOf(asked, url)) : null)),
  );
  return { proxies, http };
}

/** Follows whether the organisation's servers are reached, for page and tray alike. Lasts as long as the program. */
export function watchReach(
  { events, log }: Foundation,
  desktop: Desktop,
  accounts: Pick<Accounts, 'chatServer' | 'onChange'>,
  http: Http,
): ReachWatch {
  const watch = new ReachWatch({
    isOnline: () => net.isOnline(),
    chatServer: () => accounts.chatServer(),
    http,
    tell: (reach) => {
      events.send('network', 'reachChanged', { reach });
      desktop.showReach(reach);
    },
    log,
  });
  accounts.onChange(({ chat }) => {
    if (chat.status === 'none') watch.heard(true);
  });
  app.once('will-quit', () => watch.close());
  return watch;
}

/** Where other people's pages run for an account, by the name of its stores: what they know of one is not for another. */
export interface Partitions {
  /** Calls: kept, so that a conference's scripts come from the cache and its page knows the chosen headset. */
  readonly calls: string;
  /** The organisation's services that are shown beside the salons: one sign-in counts for all of them. */
  readonly services: string;
}

/** The partitions of an account. */
export function partitionsOf(stores: string): Partitions {
  const suffix = stores === '' ? '' : `-${stores}`;
  return { calls: `persist:call${suffix}`, services: `persist:services${suffix}` };
}

/** Removes everything that the app's page keeps on this PC, of every account. */
export function wipePage(): Promise<void> {
  return wipePartition('persist:app');
}

/** Removes everything that conferences and services keep on this PC of an account. */
export async function wipeVisited(stores: string): Promise<void> {
  const { calls, services } = partitionsOf(stores);
  await wipePartition(calls);
  await wipePartition(services);
}

async function wipePartition(name: string): Promise<void> {
  await wipeSession(session.fromPartition(name));
}

/** What a person's lists of devices call this one: the product and the machine. */
export function deviceName(productName: string): string {
  // A header carries it to the file server: plain letters only.
  return `${productName} (${hostname()})`.replaceAll(/[^\x20-\x7e]/g, '');
}
