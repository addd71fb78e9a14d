import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type Electron from 'electron';
import { fill } from './fill.ts';

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const WITHOUT_BODY = new Set([101, 204, 205, 304]);

type Handler = (request: Request) => Response | Promise<Response>;

/** Adds protocol.handle, net.fetch, session.fetch and their small neighbours. */
export function addNetwork({ app, net, protocol }: typeof Electron): void {
  fill(net, 'fetch', fetchWith(net));
  fill(net, 'resolveHost', () => Promise.resolve({ endpoints: [] }));
  addHandle(protocol);
  app.on('session-created', (session) => {
    addHandle(session.protocol);
    fill(session, 'fetch', fetchWith(net, session));
    fill(session, 'clearData', (options: Electron.ClearStorageDataOptions) =>
      session.clearStorageData(options),
    );
    fill(session, 'registerPreloadScript', (script: { filePath: string }) =>
      session.setPreloads([...session.getPreloads(), script.filePath]),
    );
  });
  fill(app, 'setProxy', () => Promise.resolve());
  fill(app, 'resolveProxy', () => Promise.resolve('DIRECT'));
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
  fill(protocol, 'unhandle', (scheme: string) => protocol.unregisterProtocol(scheme));
  fill(protocol, 'isProtocolHandled', (scheme: string) => protocol.isProtocolRegistered(scheme));
}

async function respond(
  incoming: Electron.ProtocolRequest,
  handler: Handler,
): Promise<Electron.ProtocolResponse> {
  const parts = (incoming.uploadData ?? []).map((part) => part.bytes ?? Buffer.alloc(0));
  const body = Buffer.concat(parts);
  const response = await handler(
    new Request(incoming.url, {
      method: incoming.method,
      headers: incoming.headers,
      ...(body.length > 0 ? { body } : {}),
    }),
  );
  const data = response.body
    ? Readable.from(chunksOf(response.body), { objectMode: false })
    : Readable.from([]);
  return { statusCode: response.status, headers: Object.fromEntries(response.headers), data };
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Buffer> {
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield Buffer.from(part.value);
}

function fetchWith(net: Electron.Net, session?: Electron.Session) {
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(input instanceof URL ? String(input) : input, init);
    if (request.url.startsWith('file:')) return fileResponse(request.url);
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined;
    return send(net, request, body, session);
  };
}

async function fileResponse(url: string): Promise<Response> {
  const path = fileURLToPath(url.split(/[?#]/)[0] ?? url);
  try {
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    return new Response(await readFile(path), { headers: { 'content-type': type } });
  } catch (cause) {
    throw new TypeError('net::ERR_FILE_NOT_FOUND', { cause });
  }
}

function send(
  net: Electron.Net,
  request: Request,
  body: Buffer | undefined,
  session: Electron.Session | undefined,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const call = net.request({ url: request.url, method: request.method, ...(session ? { session } : {}) });
    request.headers.forEach((value, name) => call.setHeader(name, value));
    request.signal.addEventListener('abort', () => {
      call.abort();
      reject(request.signal.reason);
    });
    call.on('error', reject);
    call.on('response', (message) => {
      const parts: Buffer[] = [];
      message.on('data', (part) => parts.push(part));
      message.on('error', reject);
      message.on('end', () => {
        const headers = Object.entries(message.headers).flatMap(([name, values]) =>
          [values].flat().map((value): [string, string] => [name, value]),
        );
        const content = WITHOUT_BODY.has(message.statusCode) ? null : Buffer.concat(parts);
        resolve(new Response(content, { status: message.statusCode, headers }));
      });
    });
    if (body) call.write(body);
    call.end();
  });
}
