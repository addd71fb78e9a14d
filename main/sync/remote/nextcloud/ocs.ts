import type { RemoteConfig } from '../../api.ts';
import { RemoteFailure } from '../../model/failures.ts';
import { freeLine, type Line } from '../../ports/line.ts';
import { DavClient } from './client.ts';
import { plainBody } from './decoded.ts';

/** Longest answer that is read: the largest document asked for here, the capabilities, is some ten kilobytes. */
const longest = 1024 * 1024;

/** Who asks, and where. */
export type OcsAccount = Pick<RemoteConfig, 'url' | 'password' | 'certificate'> & {
  readonly loginName: string;
};

/**
 * Asks Nextcloud's OCS for a document (recorded: 01). Gives its `ocs.data`. Fails as a RemoteFailure:
 * `unauthorised`, `unreachable`, `notAServer` and so on.
 *
 * @param path below `ocs/v2.php/`
 */
export async function askOcs(
  account: OcsAccount,
  path: string,
  signal: AbortSignal,
  line: Line = freeLine,
): Promise<unknown> {
  const server = serverOf(account.url);
  const config = { ...account, user: account.loginName, rootPath: '/' };
  const client = new DavClient(config, server.origin, () => Promise.resolve(), { line });
  try {
    return await askOcsWith(client, server.pathname, path, signal);
  } finally {
    await client.close();
  }
}

/**
 * The same over a connection that is there already.
 *
 * @param base path of the server's address, with a slash at its end
 */
export async function askOcsWith(
  client: DavClient,
  base: string,
  path: string,
  signal: AbortSignal,
): Promise<unknown> {
  const answer = await client.send({
    method: 'GET',
    path: `${base}ocs/v2.php/${path}?format=json`,
    headers: { 'ocs-apirequest': 'true', accept: 'application/json' },
    signal,
  });
  return property(property(await readJson(plainBody(answer), 'notAServer'), 'ocs'), 'data');
}

/** The address of a server, which always ends with a slash. */
export function serverOf(url: string): URL {
  return new URL(url.endsWith('/') ? url : `${url}/`);
}

/** A property of something that may be no object. */
export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Reads a document. One that is too long, or none, fails with the code given. */
export async function readJson(
  body: AsyncIterable<Uint8Array>,
  otherwise: 'notAServer' | 'malformed',
): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > longest) throw new RemoteFailure(otherwise, { what: 'too long' });
    chunks.push(chunk);
  }
  try {
    const document: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return document;
  } catch (error) {
    throw new RemoteFailure(otherwise, { what: 'not JSON' }, error);
  }
}
