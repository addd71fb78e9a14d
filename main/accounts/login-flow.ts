import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../contract/app-error.ts';
import { ask, expectJson } from '../http/answers.ts';
import type { Http } from '../http/http.ts';
import { normalised } from './address.ts';
import type { FilesGrant } from './nextcloud.ts';
import { throwIfRefused } from './nextcloud.ts';

/** A sign-in that waits for the person to grant it in their browser (Nextcloud Login Flow v2, exchanges 01/28 to 01/40). */
export interface LoginFlow {
  /** The page where they grant it. */
  readonly grantPage: string;
  readonly pollUrl: string;
  readonly pollToken: string;
}

const Address = z.string().max(2000);
const Started = z.object({
  poll: z.object({ token: z.string().max(1000), endpoint: Address }),
  login: Address,
});
const Granted = z.object({
  server: Address,
  loginName: z.string().min(1).max(320),
  appPassword: z.string().min(1).max(1000),
});

/** How often and how long the server is asked; a server forgets a flow after 20 minutes. */
export interface PollPace {
  readonly firstMs: number;
  readonly mostMs: number;
  readonly factor: number;
  readonly givesUpAfterMs: number;
}
const USUAL_PACE: PollPace = { firstMs: 700, mostMs: 5000, factor: 1.2, givesUpAfterMs: 20 * 60_000 };

/** Begins a sign-in. `deviceName` is what the person's list of devices will call this one (it is the User-Agent). */
export async function startLoginFlow(
  http: Http,
  serverUrl: string,
  deviceName: string,
  signal: AbortSignal,
): Promise<LoginFlow> {
  const answer = await ask(http, 'files', {
    url: `${serverUrl}/index.php/login/v2`,
    method: 'POST',
    headers: { 'user-agent': deviceName },
    signal,
  });
  throwIfRefused(answer);
  const { poll, login } = expectJson(answer, 'files', Started);
  return { grantPage: checked(login), pollUrl: checked(poll.endpoint), pollToken: poll.token };
}

function checked(address: string): string {
  normalised(address, 'files');
  return address;
}

/**
 * Asks until the person granted it: often at first, then less. A network that fails meanwhile is waited for.
 * Throws `cancelled.request` when `signal` ends it, `refused.files` when the time is over.
 */
export async function awaitGrant(
  http: Http,
  flow: LoginFlow,
  signal: AbortSignal,
  pace: PollPace = USUAL_PACE,
): Promise<FilesGrant> {
  const until = Date.now() + pace.givesUpAfterMs;
  for (let pause = pace.firstMs; Date.now() < until; pause = Math.min(pause * pace.factor, pace.mostMs)) {
    const grant = await pollOnce(http, flow, signal);
    if (grant) return { ...grant, serverUrl: normalised(grant.serverUrl, 'files') };
    try {
      await wait(pause, undefined, { signal });
    } catch (error) {
      throw new AppError('cancelled.request', {}, error);
    }
  }
  throw new AppError('refused.files', { minutes: Math.round(pace.givesUpAfterMs / 60_000) });
}

async function pollOnce(http: Http, flow: LoginFlow, signal: AbortSignal): Promise<FilesGrant | null> {
  try {
    const answer = await ask(http, 'files', {
      url: flow.pollUrl,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: flow.pollToken }).toString(),
      signal,
    });
    if (answer.status !== 200) return null;
    const { server, loginName, appPassword } = expectJson(answer, 'files', Granted);
    return { serverUrl: server, loginName, appPassword };
  } catch (error) {
    if (error instanceof AppError && WORTH_WAITING.has(error.code)) return null;
    throw error;
  }
}

const WORTH_WAITING: ReadonlySet<string> = new Set(['offline', 'unreachable', 'timeout']);
