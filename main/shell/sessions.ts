import { X509Certificate } from 'node:crypto';
import { app, type Certificate, type Request, type Session, session } from 'electron';
import type { Log } from '../log/log.ts';
import { readAuthorities } from '../network/authorities.ts';
import { doubtfulServer, UNKNOWN_AUTHORITY } from '../network/doubtful-server.ts';
import { negotiateLists } from '../network/negotiate.ts';
import type { NetworkDesk } from '../network/network-desk.ts';
import { proxySettings } from '../network/proxy-settings.ts';
import type { PolicyInForce } from '../policy/in-force.ts';

/** What the sessions of pages and of main are prepared from. */
export interface SessionsParts {
  readonly policy: PolicyInForce;
  readonly desk: Pick<NetworkDesk, 'doubt' | 'trust'>;
  readonly log: Log;
}

/** Chromium's answers to a certificate (Electron, `setCertificateVerifyProc`). */
const ACCEPT = 0;
const AS_CHROMIUM_SAYS = -3;

/**
 * Gives every session the proxy, the authorities and the Windows sign-in that the policy decides, now and after each
 * change; what Chromium thought of a certificate before, it remembers for half an hour. Call before Electron makes its
 * sessions.
 */
export async function prepareSessions({ policy, desk, log }: SessionsParts): Promise<void> {
  const sessions = new Set<Session>();
  const atStart = negotiateLists(policy.values);
  if (atStart.delegated !== '') allowDelegation(atStart);
  let judge: Judge = () => false;
  const verify = (request: Request, answer: (result: number) => void): void => {
    const { hostname, errorCode } = request;
    const isTrusted = errorCode === 0 || judge(request);
    if (isTrusted) desk.trust(hostname);
    else desk.doubt(doubtfulServer(request, new Date()));
    answer(isTrusted && errorCode !== 0 ? ACCEPT : AS_CHROMIUM_SAYS);
  };
  const apply = (one: Session): void => {
    one.setCertificateVerifyProc((request, answer) => verify(request, answer));
    if (atStart.delegated === '') one.allowNTLMCredentialsForDomains(negotiateLists(policy.values).allowed);
    one
      .setProxy(proxySettings(policy.values))
      .catch((error: unknown) => log.error('proxy.not-set', {}, error));
  };
  const adopt = (one: Session): void => {
    if (sessions.has(one)) return;
    sessions.add(one);
    // A session begins with the language of the system, whose dictionary Chromium fetches from a server of Google's, even
    // for one that shows nothing; switched off, it would go on. Two that fetch at once also end the program: the second
    // writes over the file that the first has mapped into memory (SIGBUS).
    one.setSpellCheckerLanguages([]);
    one.setSpellCheckerEnabled(false);
    apply(one);
  };
  const follow = async (): Promise<void> => {
    judge = await judgeBy(await readAuthorities(policy.values.certificateAuthorities, log), log);
    for (const one of sessions) apply(one);
  };
  app.on('session-created', adopt);
  void app.whenReady().then(() => adopt(session.defaultSession));
  policy.onChange(() => void follow());
  await follow();
}

/** Chromium learns of delegation by its command line only, and a change of the other list would make it forget this one. */
function allowDelegation({ allowed, delegated }: ReturnType<typeof negotiateLists>): void {
  app.commandLine.appendSwitch('auth-server-allowlist', allowed);
  app.commandLine.appendSwitch('auth-negotiate-delegate-allowlist', delegated);
}

/** Whether authorities of the policy's vouch for what Chromium refused. */
type Judge = (request: Request) => boolean;

/**
 * Chromium knows no way to add an authority to its own: a refusal for that reason alone is looked at again. Most PCs need
 * none, and are spared what it takes.
 */
async function judgeBy(authorities: readonly X509Certificate[], log: Log): Promise<Judge> {
  if (authorities.length === 0) return () => false;
  const { isVouchedFor } = await import('../network/trust.ts');
  return ({ hostname, errorCode, certificate }) => {
    if (errorCode !== UNKNOWN_AUTHORITY) return false;
    try {
      return isVouchedFor({ host: hostname, chain: chainOf(certificate), authorities, now: new Date() });
    } catch (error) {
      log.warn('certificate.not-read', { host: hostname }, error);
      return false;
    }
  };
}

const MOST_CERTIFICATES = 10;

function chainOf(leaf: Certificate): X509Certificate[] {
  const chain: X509Certificate[] = [];
  const seen = new Set<string>();
  for (
    let current: Certificate | undefined = leaf;
    current?.data && !seen.has(current.fingerprint) && chain.length < MOST_CERTIFICATES;
    current = current.issuerCert
  ) {
    seen.add(current.fingerprint);
    chain.push(new X509Certificate(current.data));
  }
  return chain;
}
