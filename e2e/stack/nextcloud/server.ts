import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import type { Control } from './control.ts';
import { handleControl } from './control-http.ts';
import { replyDavError } from './dav/dav-router.ts';
import { applyFaults } from './faulty-exchange.ts';
import type { Exchange } from './http/exchange.ts';
import { servePush } from './push/notify-push.ts';
import type { RequestLog } from './request-log.ts';
import type { Running } from './router.ts';
import { route } from './router.ts';
import { percentDecode } from './store/names.ts';

interface ListenOptions {
  readonly port: number;
  readonly log: RequestLog;
  readonly control: Control;
}

/** The open port. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

const controlPath = '/_standin/control';

/** Opens the port on loopback and answers until closed. */
export async function listen(running: Running, options: ListenOptions): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, response) => {
    answer(running, options, request, response).catch((error: unknown) => {
      console.error('nextcloud stand-in: a request could not be answered', error);
      response.destroy();
    });
  });
  await bind(server, options.port);
  const stopPush = servePush(running.standin, server);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const { port } = address;
  return {
    port,
    close: async () => {
      stopPush();
      server.closeAllConnections();
      await promisify(server.close.bind(server))();
    },
  };
}

async function answer(
  running: Running,
  { log, control }: ListenOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const began = performance.now();
  const method = request.method ?? 'GET';
  const [path, search] = splitOnce(request.url ?? '/', '?');
  const decodedPath = percentDecode(path);
  if (path === controlPath) {
    await handleControl(control, request, response);
    return;
  }
  response.once('close', () => {
    log.add({
      method,
      path: decodedPath,
      status: response.statusCode,
      durationMs: performance.now() - began,
      broken: !response.writableFinished,
    });
  });
  const effects = running.standin.faults.take(method, decodedPath);
  const parts = await applyFaults(effects, request, response, decodedPath);
  if (parts.dropped) return;
  const origin = `http://${request.headers.host ?? `127.0.0.1:${request.socket.localPort}`}`;
  const { body, outgoing, staleEtags } = parts;
  const query = new URLSearchParams(search);
  const exchange: Exchange = { request, response, method, path, query, origin, body, outgoing, staleEtags };
  if (parts.refusal) replyDavError(exchange, parts.refusal);
  else await route(running, exchange);
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
