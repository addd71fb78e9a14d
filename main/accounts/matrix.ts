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

/** What shows the server who signs in: a password, or the token with which it sent the person back from their browser. */
export type Proof =
  | { readonly by: 'password'; readonly user: string; readonly password: string }
  | { readonly by: 'token'; readonly token: string };

/** What is sent to sign in. */
export interface SignInRequest {
  readonly serverUrl: string;
  readonly proof: Proof;
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

/**
 * Signs in (Client-Server API, POST /login, `m.login.password` or `m.login.token`). Throws `wrong-password` for a password
 * only: a token that the server knows no more is `refused`.
 */
export async function signInToMatrix(
  http: Http,
  request: SignInRequest,
  signal?: AbortSignal,
): Promise<MatrixSession> {
  const answer = await ask(http, 'chat', {
    url: `${request.serverUrl}/_matrix/client/v3/login`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...loginOf(request.proof),
      initial_device_display_name: request.deviceName,
      ...(request.deviceId === undefined ? {} : { device_id: request.deviceId }),
    }),
    timeoutMs: 45_000,
    ...(signal ? { signal } : {}),
  });
  if (answer.status !== 200) throw refusal(answer, request.proof);
  const { user_id, device_id, access_token } = expectJson(answer, 'chat', LoggedIn);
  return { userId: user_id, deviceId: device_id, accessToken: access_token };
}

function loginOf(proof: Proof): Readonly<Record<string, unknown>> {
  switch (proof.by) {
    case 'password':
      return {
        type: 'm.login.password',
        identifier: { type: 'm.id.user', user: proof.user },
        password: proof.password,
      };
    case 'token':
      return { type: 'm.login.token', token: proof.token };
  }
}

function refusal(answer: HttpAnswer, { by }: Proof): AppError {
  const error = jsonOf(answer, MatrixError);
  const details = { status: answer.status, errcode: error?.errcode ?? '' };
  if (error === null) return new AppError('not-a-server.chat', { status: answer.status });
  if (error.errcode === 'M_LIMIT_EXCEEDED') {
    return new AppError('rate-limited.chat', { seconds: Math.ceil((error.retry_after_ms ?? 1000) / 1000) });
  }
  const isWrongPassword = by === 'password' && error.errcode === 'M_FORBIDDEN';
  return new AppError(isWrongPassword ? 'wrong-password.chat' : 'refused.chat', details);
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
