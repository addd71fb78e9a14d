import { z } from 'zod';
import { ChatSession } from '../../preload/contract/accounts.ts';
import { AppError } from '../contract/app-error.ts';
import { ask, expectJson, jsonOf } from '../http/answers.ts';
import type { Http, HttpAnswer } from '../http/http.ts';

/** A session at a chat server. */
export interface MatrixSession {
  readonly userId: string;
  readonly deviceId: string;
  readonly accessToken: string;
}

/** What is sent to sign in with a password. */
export interface PasswordSignIn {
  readonly serverUrl: string;
  readonly user: string;
  readonly password: string;
  /** What the person's list of devices calls this one. */
  readonly deviceName: string;
  /** The device this PC was before: its message keys stay readable. Absent for a new device. */
  readonly deviceId?: string;
}

const LoggedIn = z.object({
  user_id: ChatSession.shape.userId,
  device_id: ChatSession.shape.deviceId,
  access_token: ChatSession.shape.accessToken,
});
const MatrixError = z.object({ errcode: z.string(), retry_after_ms: z.number().optional() });

/** Signs in with a password (Client-Server API, POST /login, m.login.password). */
export async function signInWithPassword(
  http: Http,
  request: PasswordSignIn,
  signal: AbortSignal,
): Promise<MatrixSession> {
  const answer = await ask(http, 'chat', {
    url: `${request.serverUrl}/_matrix/client/v3/login`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: request.user },
      password: request.password,
      initial_device_display_name: request.deviceName,
      ...(request.deviceId === undefined ? {} : { device_id: request.deviceId }),
    }),
    timeoutMs: 45_000,
    signal,
  });
  if (answer.status !== 200) throw refusal(answer);
  const { user_id, device_id, access_token } = expectJson(answer, 'chat', LoggedIn);
  return { userId: user_id, deviceId: device_id, accessToken: access_token };
}

function refusal(answer: HttpAnswer): AppError {
  const error = jsonOf(answer, MatrixError);
  const details = { status: answer.status, errcode: error?.errcode ?? '' };
  if (error === null) return new AppError('not-a-server.chat', { status: answer.status });
  if (error.errcode === 'M_LIMIT_EXCEEDED') {
    return new AppError('rate-limited.chat', { seconds: Math.ceil((error.retry_after_ms ?? 1000) / 1000) });
  }
  return new AppError(error.errcode === 'M_FORBIDDEN' ? 'wrong-password.chat' : 'refused.chat', details);
}

/** Ends a session at its server (POST /logout); answers whether it is over: also when the server knows it no more. */
export async function signOutOfMatrix(http: Http, serverUrl: string, accessToken: string): Promise<boolean> {
  const answer = await ask(http, 'chat', {
    url: `${serverUrl}/_matrix/client/v3/logout`,
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: '{}',
    timeoutMs: 10_000,
  });
  return answer.status === 200 || answer.status === 401;
}
