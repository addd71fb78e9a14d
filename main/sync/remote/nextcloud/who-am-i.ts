import type { RemoteConfig } from '../../api.ts';
import { RemoteFailure } from '../../model/failures.ts';
import { DavClient } from './client.ts';

/** Longest answer that is read: the document of one account is some hundred bytes. */
const longest = 256 * 1024;

/**
 * The uid that an account's WebDAV address has, which is not always the name that one signs in with (OCS
 * `cloud/user`, recorded: 01). Fails as a RemoteFailure: `unauthorised`, `unreachable`, `notAServer` and so on.
 */
export async function whoAmI(
  account: Pick<RemoteConfig, 'url' | 'password'> & { readonly loginName: string },
  signal: AbortSignal,
): Promise<string> {
  const server = new URL(account.url.endsWith('/') ? account.url : `${account.url}/`);
  const client = new DavClient({ ...account, user: account.loginName, rootPath: '/' }, server.origin);
  try {
    const answer = await client.send({
      method: 'GET',
      path: `${server.pathname}ocs/v2.php/cloud/user?format=json`,
      headers: { 'ocs-apirequest': 'true', accept: 'application/json' },
      signal,
    });
    return readUid(await readText(answer.body));
  } finally {
    await client.close();
  }
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > longest) throw new RemoteFailure('notAServer', { what: 'too long' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readUid(text: string): string {
  try {
    const document: unknown = JSON.parse(text);
    const uid = property(property(property(document, 'ocs'), 'data'), 'id');
    if (typeof uid === 'string' && uid !== '') return uid;
  } catch (error) {
    throw new RemoteFailure('notAServer', { what: 'not JSON' }, error);
  }
  throw new RemoteFailure('notAServer', { what: 'no user id' });
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
