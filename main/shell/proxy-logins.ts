import { join } from 'node:path';
import { type AuthInfo, app, net, session } from 'electron';
import type { Log } from '../log/log.ts';
import { openKeptCredentials } from '../network/kept-credentials.ts';
import type { NetworkDesk } from '../network/network-desk.ts';
import { type Challenge, type Credentials, ProxySignIn } from '../network/proxy-sign-in.ts';
import { proxyTrial } from '../network/proxy-trial.ts';
import { ServerSignIn } from '../network/server-sign-in.ts';
import { systemCipher } from './cipher.ts';

/** What signing in at proxies is made from. */
export interface ProxyLoginsParts {
  /** The program's data folder. */
  readonly data: string;
  readonly desk: Pick<NetworkDesk, 'askProxy' | 'askServer'>;
  /** Servers that may ask for a name and password. */
  readonly basicServers: () => readonly string[];
  readonly mayRemember: () => boolean;
  readonly log: Log;
}

/** A proxy that does not answer by then is not asked further. */
const TRY_MS = 15_000;

/**
 * Answers all proxies that ask for a name and password, whoever met them, and the servers of pages that the organisation
 * lets ask. Electron must be ready.
 */
export async function answerProxies({
  data,
  desk,
  mayRemember,
  basicServers,
  log,
}: ProxyLoginsParts): Promise<ProxySignIn> {
  const file = join(data, 'proxy.sealed');
  const kept = await openKeptCredentials(file, mayRemember(), systemCipher, log);
  const proxies = new ProxySignIn({
    ask: (question) => desk.askProxy(question),
    try: tryAtProxy,
    kept: kept.all,
    keep: kept.keep,
    now: Date.now,
    log,
  });
  const servers = new ServerSignIn({
    servers: basicServers,
    ask: (question) => desk.askServer(question),
    now: Date.now,
  });
  app.on('login', (event, _contents, { url }, asked, answer) => {
    event.preventDefault();
    const credentials = asked.isProxy
      ? proxies.answer(challengeOf(asked, url))
      : servers.answer({ ...asked, url });
    credentials
      .then((known) => (known ? answer(known.user, known.password) : answer()))
      .catch((error: unknown) => {
        log.error('proxy.sign-in-failed', {}, error);
        answer();
      });
  });
  return proxies;
}

/** What a proxy asks. */
export function challengeOf({ host, port, realm }: AuthInfo, url: string): Challenge {
  return { proxy: `${host}:${port}`, realm, url };
}

/** Goes to the server's front door through the proxy, in a session that remembers nothing. */
async function tryAtProxy(
  { proxy, url }: Challenge,
  credentials: Credentials,
): Promise<'taken' | 'refused' | 'unknown'> {
  const own = session.fromPartition('proxy-trial', { cache: false });
  await own.clearAuthCache();
  return new Promise((resolve) => {
    const request = net.request({ url: new URL('/', toHttp(url)).href, session: own, credentials: 'omit' });
    const late = setTimeout(() => end('unknown'), TRY_MS);
    const end = (result: 'taken' | 'refused' | 'unknown'): void => {
      clearTimeout(late);
      resolve(result);
      request.abort();
    };
    const trial = proxyTrial(proxy, credentials);
    request.on('login', (asked, answer) => {
      const step = trial(asked);
      if (step.do === 'end') end(step.result);
      else if (step.do === 'give') answer(step.credentials.user, step.credentials.password);
      else answer();
    });
    request.on('response', (message) => {
      message.on('error', () => undefined); // it is cut off: nobody wants the rest
      end(message.statusCode === 407 ? 'refused' : 'taken');
    });
    request.on('error', () => end('unknown'));
    request.end();
  });
}

/** Sockets are proxied as pages are. */
function toHttp(url: string): string {
  return url.replace(/^ws/, 'http');
}
