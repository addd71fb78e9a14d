import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import type { Control } from './control.ts';
import { handleControl } from './control-http.ts';
import type { DavError } from './dav/dav-error.ts';
import { replyDavError } from './dav/dav-router.ts';
import { applyFaults } from './faulty-exchange.ts';
import type { Exchange } from './http/exchange.ts';
import { linger } from './http/linger.ts';
import { OcsError, replyOcsError } from './ocs/ocs-reply.ts';
import { servePush } from './push/notify-push.ts';
import type { RequestLog } from './request-log.ts';
import type { Running } from './router.ts';
import { route } from './router.ts';
import { percentDecode } from './store/names.ts';
import type { UnderWay } from './truncated-body.ts';
import { answerTruncated } from './truncated-body.ts';

interface ListenOptions {
  readonly port: number;
  readonly log: RequestLog;
  readonly control: Control;
}

interface Answering {
  readonly running: Running;
  readonly log: RequestLog;
  readonly control: Control;
  readonly underWay: UnderWay;
}

/** The open port. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

const controlPath = '/_standin/control';

/** Opens the port on loopback and answers until closed. */
export async function listen(running: Running, options: ListenOptions): Promise<Listening> {
  const inProgress = new Set<Promise<void>>();
  const underWay: UnderWay = new WeakMap();
  const answering = { running, log: options.log, control: options.control, underWay };
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, response) => {
    const answered = answer(answering, request, response)
      .catch((error: unknown) => {
        console.error('nextcloud stand-in: a request could not be answered', error);
        response.destroy();
      })
      .finally(() => inProgress.delete(answered));
    inProgress.add(answered);
  });
  answerTruncated(server, running.standin, underWay);
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
      await Promise.all(inProgress);
    },
  };
}

async function answer(
  { running, log, control, underWay }: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? 'GET';
  const [path, search] = splitOnce(request.url ?? '/', '?');
  if (path === controlPath) {
    await handleControl(control, request, response);
    return;
  }
  const decodedPath = percentDecode(path);
  linger(request, response);
  logWhenDone(log, method, decodedPath, response);
  underWay.set(request.socket, Number(request.headers['content-length'] ?? 0));
  const { faults, switches } = running.standin;
  const parts = await applyFaults(faults.take(method, decodedPath), request, response, decodedPath);
  if (parts.dropped) return;
  const exchange: Exchange = {
    request,
    response,
    method,
    path,
    query: new URLSearchParams(search),
    origin: `http://${request.headers.host ?? `127.0.0.1:${request.socket.localPort}`}`,
    body: parts.body,
    outgoing: parts.outgoing,
    apache: switches.apache,
    staleEtags: parts.staleEtags,
  };
  if (parts.refusal) refuse(exchange, parts.refusal);
  else await route(running, exchange);
}

/** A fault's refusal, in the words of the interface that was asked. */
function refuse(exchange: Exchange, refusal: DavError): void {
  if (exchange.path.startsWith('/ocs/'))
    replyOcsError(exchange, new OcsError(refusal.status, refusal.message));
  else replyDavError(exchange, refusal);
}

function logWhenDone(log: RequestLog, method: string, path: string, response: ServerResponse): void {
  const began = performance.now();
  response.once('close', () => {
    const durationMs = performance.now() - began;
    log.add({ method, path, status: response.statusCode, durationMs, broken: !response.writableFinished });
  });
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
