import { Readable } from 'node:stream';
import type Electron from 'electron';
import { fill } from './fill.ts';

const WITHOUT_BODY = new Set([101, 204, 205, 304]);

type Handler = (request: Request) => Response | Promise<Response>;

/** Gives every session its `protocol.handle` and its `fetch`. */
export function addNetwork({ app, net }: typeof Electron): void {
  app.on('session-created', (session) => {
    addHandle(session.protocol);
    fill(session, 'fetch', (input: string | Request, init?: RequestInit) =>
      send(net, session, new Request(input, init)),
    );
  });
}

function addHandle(protocol: Electron.Protocol): void {
  fill(protocol, 'handle', (scheme: string, handler: Handler) => {
    const registered = protocol.registerStreamProtocol(scheme, (incoming, answer) => {
      void respond(incoming, handler).then(answer, (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        answer({ error: -2 });
      });
    });
    if (!registered) throw new Error(`scheme ${scheme} is taken`);
  });
}

async function respond(
  { url, method, headers }: Electron.ProtocolRequest,
  handler: Handler,
): Promise<Electron.ProtocolResponse> {
  const response = await handler(new Request(url, { method, headers }));
  const data = response.body
    ? Readable.from(chunksOf(response.body), { objectMode: false })
    : Readable.from([]);
  return { statusCode: response.status, headers: Object.fromEntries(response.headers), data };
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Buffer> {
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield Buffer.from(part.value);
}

async function send(net: Electron.Net, session: Electron.Session, request: Request): Promise<Response> {
  const { url, method, headers, signal, redirect, credentials } = request;
  const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined;
  return new Promise((resolve, reject) => {
    const call = net.request({ url, method, session, redirect, credentials });
    headers.forEach((value, name) => call.setHeader(name, value));
    signal.addEventListener('abort', () => {
      call.abort();
      reject(signal.reason);
    });
    call.on('error', reject);
    call.on('response', (message) => {
      const parts: Buffer[] = [];
      message.on('data', (part) => parts.push(part));
      message.on('error', reject);
      message.on('end', () => {
        const lines = Object.entries(message.headers).flatMap(([name, values]) =>
          [values].flat().map((value): [string, string] => [name, value]),
        );
        const content = WITHOUT_BODY.has(message.statusCode) ? null : Buffer.concat(parts);
        resolve(new Response(content, { status: message.statusCode, headers: lines }));
      });
    });
    if (body) call.write(body);
    call.end();
  });
}
