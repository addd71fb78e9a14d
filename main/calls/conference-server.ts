import { z } from 'zod';
import type { Conference } from '../../preload/contract/calls.ts';
import { AppError } from '../contract/app-error.ts';
import { ask, jsonOf } from '../http/answers.ts';
import type { Http } from '../http/http.ts';

/** How a conference server says that it wants a token of the chat server's (as Element asks it; facts of Jitsi). */
const WellKnown = z.object({ auth: z.literal('openidtoken-jwt') });
const PATIENCE_MS = 8_000;

/**
 * Asks a conference server how it lets people in. Most say nothing about it: a Jitsi answers any path it does not know
 * with its own page. Throws `unreachable.conference` or `certificate.conference`.
 */
export async function probeConference(
  http: Http,
  domain: string,
  signal: AbortSignal,
): Promise<Conference['auth']> {
  const url = `https://${domain}/.well-known/element/jitsi`;
  const answer = await ask(http, 'conference', { url, signal, timeoutMs: PATIENCE_MS });
  const word = answer.status === 200 ? jsonOf(answer, WellKnown) : null;
  return word?.auth ?? 'none';
}

/**
 * Finds why a conference server's script did not load. Throws `unreachable.conference`, `certificate.conference` or
 * `not-a-server.conference`; ends well when the script is there by now.
 */
export async function diagnoseConference(http: Http, domain: string, signal: AbortSignal): Promise<void> {
  const url = `https://${domain}/external_api.js`;
  const answer = await ask(http, 'conference', { url, signal, timeoutMs: PATIENCE_MS });
  const isScript = /^(text|application)\/(x-)?javascript\b/.test(answer.headers.get('content-type') ?? '');
  if (answer.status !== 200 || !isScript) {
    throw new AppError('not-a-server.conference', { host: domain, status: answer.status });
  }
}
