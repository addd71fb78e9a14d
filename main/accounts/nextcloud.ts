import { z } from 'zod';
import { AppError } from '../contract/app-error.ts';
import { ask, expectJson } from '../http/answers.ts';
import type { Http, HttpAnswer } from '../http/http.ts';

/** What a person granted this program at the file server. */
export interface FilesGrant {
  readonly serverUrl: string;
  /** The name for Basic authentication. */
  readonly loginName: string;
  readonly appPassword: string;
}

const CloudUser = z.object({ ocs: z.object({ data: z.object({ id: z.string().min(1).max(320) }) }) });

/** Headers of an OCS call; without OCS-APIRequest the server answers 412 (recorded exchange 01/08). */
export function ocsHeaders({ loginName, appPassword }: FilesGrant): Record<string, string> {
  return {
    authorization: `Basic ${Buffer.from(`${loginName}:${appPassword}`).toString('base64')}`,
    'ocs-apirequest': 'true',
    accept: 'application/json',
  };
}

/** The user id behind a grant: what stands in WebDAV addresses, which is not always the login name (01/06, 01/41). */
export async function fetchUserId(http: Http, grant: FilesGrant, signal?: AbortSignal): Promise<string> {
  const answer = await ask(http, 'files', {
    url: `${grant.serverUrl}/ocs/v2.php/cloud/user?format=json`,
    headers: ocsHeaders(grant),
    ...(signal ? { signal } : {}),
  });
  throwIfRefused(answer);
  return expectJson(answer, 'files', CloudUser).ocs.data.id;
}

/** Gives the app password back (01/24); answers whether it is void: also when the server knows it no more. */
export async function revokeGrant(http: Http, grant: FilesGrant): Promise<boolean> {
  const answer = await ask(http, 'files', {
    url: `${grant.serverUrl}/ocs/v2.php/core/apppassword`,
    method: 'DELETE',
    headers: ocsHeaders(grant),
    timeoutMs: 10_000,
  });
  return answer.status === 200 || answer.status === 401;
}

/** Turns the answers that mean the same wherever they come into errors. */
export function throwIfRefused({ status }: HttpAnswer): void {
  if (status === 401) throw new AppError('not-signed-in.files');
  if (status === 403) throw new AppError('refused.files', { status });
  if (status === 429) throw new AppError('rate-limited.files');
  if (status === 503) throw new AppError('maintenance.files');
}
