import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { newerServer } from './index.ts';
import { clientOf, leaf, openTestServer } from './testing.ts';

const ocs = { headers: { 'OCS-APIRequest': 'true' } };

describe('the stand-in as a newer server', () => {
  it('says what it can do', async () => {
    await using test = await openTestServer(newerServer);
    const nadia = clientOf(test.server, 'nadia');
    const { text } = await nadia('GET', '/ocs/v2.php/cloud/capabilities?format=json', ocs);
    expect(JSON.parse(text)).toMatchObject({
      ocs: {
        data: {
          version: { major: 31 },
          capabilities: {
            dav: { chunking: '1.0', bulkupload: '1.0' },
            files: { forbidden_filename_characters: ['\\', '/'] },
            notify_push: { endpoints: { websocket: `${test.server.url.replace('http', 'ws')}/push/ws` } },
          },
        },
      },
    });
  });

  it('sends a folder as a tar, with long and accented names, or the chosen files of it', async () => {
    await using test = await openTestServer(newerServer);
    const nadia = clientOf(test.server, 'nadia');
    const long = `${'nom très long '.repeat(12)}.txt`;
    await nadia('MKCOL', 'dossier');
    await nadia('PUT', `dossier/${long}`, { body: 'long', headers: { 'X-OC-MTime': '1500000000' } });
    await nadia('PUT', 'dossier/b.bin', { body: Buffer.alloc(700, 1) });
    await nadia('PUT', 'dossier/empty', { body: Buffer.alloc(0) });
    const whole = await nadia('GET', 'dossier', { headers: { Accept: 'application/x-tar' } });
    expect(whole.header('content-type')).toBe('application/x-tar');
    expect(readTar(whole.body)).toEqual([
      ['dossier/', 0, expect.any(Number)],
      ['dossier/b.bin', 700, expect.any(Number)],
      ['dossier/empty', 0, expect.any(Number)],
      [`dossier/${long}`, 4, 1_500_000_000],
    ]);
    const some = await nadia('GET', 'dossier', {
      headers: { Accept: 'application/x-tar', 'X-NC-Files': JSON.stringify(['b.bin']) },
    });
    expect(readTar(some.body).map(([name]) => name)).toEqual(['b.bin']);
  });

  it('makes missing parents when asked to, and only then', async () => {
    await using test = await openTestServer(newerServer);
    const nadia = clientOf(test.server, 'nadia');
    expect((await nadia('PUT', 'a/b/c.txt', { body: 'x' })).status).toBe(404);
    const made = await nadia('PUT', 'a/b/c.txt', { body: 'x', headers: { 'X-NC-WebDAV-AutoMkcol': '1' } });
    expect([made.status, (await nadia('GET', 'a/b/c.txt')).text]).toEqual([201, 'x']);
  });

  it('tells mount points', async () => {
    await using test = await openTestServer(newerServer);
    await clientOf(test.server, 'nadia')('MKCOL', 'salon');
    await clientOf(test.server, 'nadia')('POST', '/ocs/v2.php/apps/files_sharing/api/v1/shares', {
      headers: { ...ocs.headers, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'path=/salon&shareType=1&shareWith=equipe',
    });
    const body =
      '<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:nc="http://nextcloud.org/ns"><d:prop><nc:is-mount-root/></d:prop></d:propfind>';
    const answer = await clientOf(test.server, 'karim')('PROPFIND', 'salon', {
      headers: { Depth: '0' },
      body,
    });
    expect(leaf(answer, 'is-mount-root')).toBe('true');
  });
});

describe('notify_push', () => {
  it('tells owner and receiver of a change, with ids for those who asked, and nobody else', async () => {
    await using test = await openTestServer({
      ...newerServer,
      users: ['nadia', 'karim', 'paul'].map((uid) => ({ uid, password: `${uid} secret`, displayName: uid })),
    });
    const nadia = clientOf(test.server, 'nadia');
    await nadia('MKCOL', 'salon');
    await nadia('POST', '/ocs/v2.php/apps/files_sharing/api/v1/shares', {
      headers: { ...ocs.headers, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'path=/salon&shareType=0&shareWith=karim',
    });
    const [owner, receiver, stranger] = await Promise.all(
      ['nadia', 'karim', 'paul'].map((uid) => listen(test.server.url, uid, `${uid} secret`)),
    );
    receiver?.socket.send('listen notify_file_id');
    // The server reads messages in order: once this was answered, the line above was heard.
    receiver?.socket.ping();
    await once(receiver?.socket ?? process, 'pong');
    const put = await nadia('PUT', 'salon/x.txt', { body: 'x' });
    const id = Number(put.header('oc-fileid')?.slice(0, 8));
    expect(await owner?.next()).toBe('notify_file');
    expect(await receiver?.next()).toBe(`notify_file_id [${id}]`);
    expect(stranger?.heard).toEqual([]);
    for (const each of [owner, receiver, stranger]) each?.socket.terminate();
  });

  it('turns away a wrong password', async () => {
    await using test = await openTestServer(newerServer);
    await expect(listen(test.server.url, 'nadia', 'wrong')).rejects.toThrow('Invalid credentials');
  });
});

interface Ear {
  readonly socket: WebSocket;
  /** Messages nobody took yet. */
  readonly heard: string[];
  next(): Promise<string>;
}

async function listen(url: string, user: string, password: string): Promise<Ear> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/push/ws`);
  const heard: string[] = [];
  socket.on('message', (data: Buffer) => heard.push(data.toString('utf8')));
  const next = async () => {
    while (heard.length === 0) await once(socket, 'message');
    return heard.shift() ?? '';
  };
  await once(socket, 'open');
  socket.send(user);
  socket.send(password);
  const answer = await next();
  if (answer !== 'authenticated') throw new Error(answer);
  return { socket, heard, next };
}

/** Name, size and mtime of each entry; pax names replace those of the old header. */
function readTar(tar: Buffer): [string, number, number][] {
  const entries: [string, number, number][] = [];
  let longName: string | null = null;
  for (let at = 0; tar[at] !== 0; ) {
    const text = (from: number, length: number) =>
      tar
        .subarray(at + from, at + from + length)
        .toString('utf8')
        .replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    const content = tar.subarray(at + 512, at + 512 + size).toString('utf8');
    if (text(156, 1) === 'x') longName = / path=(.*)\n/.exec(content)?.[1] ?? null;
    else {
      entries.push([longName ?? text(0, 100), size, Number.parseInt(text(136, 12), 8)]);
      longName = null;
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return entries;
}
