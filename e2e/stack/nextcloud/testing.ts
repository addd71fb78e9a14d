/** What the tests of the stand-in share: a server of their own and a small client. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WireResponse } from './conformance/wire.ts';
import { send } from './conformance/wire.ts';
import type { Nextcloud, NextcloudOptions, UserSpec } from './index.ts';
import { startNextcloud } from './index.ts';

export const people: readonly UserSpec[] = [
  { uid: 'nadia', password: 'nadia secret', displayName: 'Nadia Benali', groups: ['equipe'] },
  { uid: 'karim', password: 'karim secret', displayName: 'Karim Morel', groups: ['equipe'] },
];

/** A stand-in with a data folder of its own that goes away with it. */
export interface TestServer extends AsyncDisposable {
  readonly server: Nextcloud;
  readonly dataDir: string;
  /** Stops it and starts it again on the same data. */
  restart(): Promise<Nextcloud>;
}

export async function openTestServer(options: Partial<NextcloudOptions> = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'nextcloud-test-'));
  let server = await startNextcloud({ dataDir, users: people, ...options });
  return {
    get server() {
      return server;
    },
    dataDir,
    restart: async () => {
      await server.stop();
      server = await startNextcloud({ dataDir, users: [], ...options });
      return server;
    },
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** One answer, with its body as text. */
export interface Answer extends WireResponse {
  readonly text: string;
  /** The first value of a header, by lower-case name. */
  header(name: string): string | undefined;
}

interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Asks as one account. Paths starting with `/` go as they are, others below the account's files. */
export function clientOf(server: Nextcloud, uid: string, password = `${uid} secret`) {
  const authorization = `Basic ${Buffer.from(`${uid}:${password}`).toString('base64')}`;
  return async (
    method: string,
    target: string,
    { headers = {}, body = '' }: CallOptions = {},
  ): Promise<Answer> => {
    const response = await send(server.url, {
      method,
      path: target.startsWith('/') ? target : filesPath(uid, target),
      headers: { Authorization: authorization, ...headers },
      body: Buffer.from(body),
    });
    return {
      ...response,
      text: response.body.toString('utf8'),
      header: (name) => response.headers[name]?.[0],
    };
  };
}

export function filesPath(uid: string, target: string): string {
  return encodeURI(`/remote.php/dav/files/${uid}/${target}`);
}

/** The text of the first element of that name in an XML answer. */
export function leaf(answer: Answer, name: string): string | undefined {
  return new RegExp(`<(?:\\w+:)?${name}>([^<]*)<`).exec(answer.text)?.[1];
}

const wanted =
  '<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><d:getetag/><oc:fileid/><oc:size/><oc:permissions/></d:prop></d:propfind>';

/** Everything an account sees: path to `etag fileid size permissions`. */
export async function listAll(call: ReturnType<typeof clientOf>): Promise<Map<string, string>> {
  const answer = await call('PROPFIND', '', { headers: { Depth: 'infinity' }, body: wanted });
  const found = answer.text.matchAll(
    /<d:href>([^<]*)<.*?<d:getetag>(.*?)<.*?fileid>(\d+)<.*?size>(\d+)<.*?permissions>(\w+)</g,
  );
  return new Map(
    [...found].map(([, href = '', ...values]) => [
      decodeURIComponent(href).replace(/^\/remote\.php\/dav\/files\/[^/]+/, ''),
      values.join(' '),
    ]),
  );
}
