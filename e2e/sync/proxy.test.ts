import { request as ask, createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../../main/sync/cli/run-cli.ts';
import { defaultPorts, newLine, newPushHub } from '../../main/sync/default-ports.ts';
import { Rig, writeAged } from './rig.ts';

/** A proxy that passes plain requests on, and refuses to open tunnels. */
class Proxy {
  readonly passed: string[] = [];
  tunnelsRefused = 0;
  refusal = '407 Proxy Authentication Required';
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.passed.push(`${request.method} ${request.url}`);
      const { method, headers } = request;
      const onward = ask(request.url ?? '', { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    });
    this.#server.on('connect', (_, socket) => {
      this.tunnelsRefused += 1;
      socket.end(`HTTP/1.1 ${this.refusal}\r\nproxy-authenticate: Negotiate\r\n\r\n`);
    });
  }

  static async open(): Promise<Proxy> {
    const proxy = new Proxy();
    await new Promise<void>((resume) => proxy.#server.listen(0, '127.0.0.1', resume));
    return proxy;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resume) => this.#server.close(resume));
  }
}

let rig: Rig;
let proxy: Proxy;
beforeEach(async () => {
  [rig, proxy] = await Promise.all([Rig.open(), Proxy.open()]);
});
afterEach(async () => {
  await rig.close();
  await proxy.close();
});

test('all goes through the proxy of its server, and straight from when only another server has one', async () => {
  const line = newLine();
  line.setProxies({ [new URL(rig.server.url).origin]: proxy.url });
  const { openRemote } = defaultPorts(newPushHub(), line);
  const desk = rig.computer('desk', { ports: { openRemote } });
  desk.write('a.txt', 'a');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  expect(await rig.ana.tree()).toEqual({ 'a.txt': 'a' });
  expect(proxy.passed.some((request) => request.startsWith('PUT http://'))).toBe(true);
  const { length } = proxy.passed;
  line.setProxies({ 'https://cloud.example': proxy.url });
  await rig.ana.put('b.txt', 'b');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  expect(desk.tree()).toEqual({ 'a.txt': 'a', 'b.txt': 'b' });
  expect(proxy.passed).toHaveLength(length);
});

test.each([
  ['403 Forbidden', 'unreachable'],
  // Kerberos, or a name and password that nobody gave yet: it is the proxy that wants something, not the server.
  ['407 Proxy Authentication Required', 'proxyRefuses'],
])('a proxy that answers %s to a tunnel is %s, not an order to stop or to sign in', async (refusal, code) => {
  proxy.refusal = refusal;
  const line = newLine();
  line.setProxies({ 'https://cloud.example': proxy.url });
  const { openRemote } = defaultPorts(newPushHub(), line);
  const desk = rig.computer('desk', { url: 'https://cloud.example/', ports: { openRemote } });
  expect(await desk.sync()).toMatchObject({ outcome: 'offline' });
  expect(desk.pair.state()).toMatchObject({ kind: 'offline', code });
  expect(proxy.tunnelsRefused).toBeGreaterThan(0);
});

test('the command line takes the proxy of its environment', async () => {
  writeAged(`${rig.base}/desk/a.txt`, 'a', 60);
  const output = { line: () => undefined, status: () => undefined };
  const code = await runCli({
    args: `--url ${rig.server.url} --user ana --password-env PASSWORD --local ${rig.base}/desk`.split(' '),
    environment: {
      PASSWORD: rig.password('ana'),
      XDG_STATE_HOME: `${rig.base}/state`,
      http_proxy: proxy.url,
    },
    output,
    errors: output,
    signal: new AbortController().signal,
  });
  expect(code).toBe(0);
  expect(proxy.passed.some((request) => request.includes('cloud/user'))).toBe(true);
  expect(proxy.passed.some((request) => request.startsWith('PUT '))).toBe(true);
});
