import { handleArchiveDownload } from './archive/download.ts';
import { DavError } from './dav/dav-error.ts';
import { handleDav, replyDavError } from './dav/dav-router.ts';
import { apacheNotFound } from './http/deflate.ts';
import type { Exchange } from './http/exchange.ts';
import { phpJson, reply } from './http/reply.ts';
import type { LoginFlows } from './login/login-flows.ts';
import { handlePages } from './login/login-router.ts';
import type { Sessions } from './login/sessions.ts';
import { handleOcs } from './ocs/ocs-router.ts';
import type { Standin } from './standin.ts';
import { IncompleteBody } from './uploads/receive.ts';

/** What lives as long as the server but not in the data folder. */
export interface Running {
  readonly standin: Standin;
  readonly flows: LoginFlows;
  readonly sessions: Sessions;
}

/** Finds who answers a request. Every failure ends in an answer, or in a closed connection once one has begun. */
export async function route(running: Running, exchange: Exchange): Promise<void> {
  try {
    await dispatch(running, exchange);
  } catch (error) {
    answerFailure(exchange, error);
  }
}

async function dispatch(running: Running, exchange: Exchange): Promise<void> {
  const { standin } = running;
  const { path } = exchange;
  if (exchange.apache && /%2f/i.test(path)) {
    return reply(exchange, 404, { 'Content-Type': 'text/html; charset=iso-8859-1' }, apacheNotFound);
  }
  if (path.startsWith('/remote.php') || path.startsWith('/public.php/webdav'))
    return handleDav(standin, exchange);
  if (path.startsWith('/ocs/')) return handleOcs(standin, exchange);
  if (path === '/status.php') return replyStatus(standin, exchange);
  if (
    path.startsWith('/index.php/apps/files/ajax/download.php') ||
    /^\/index\.php\/s\/[^/]+\/download$/.test(path)
  ) {
    return handleArchiveDownload(standin, exchange);
  }
  return handlePages({ ...running, exchange });
}

/** status.php answers in maintenance too (01/01, 01/43). */
function replyStatus(standin: Standin, exchange: Exchange): void {
  const status = {
    installed: true,
    maintenance: standin.switches.maintenance,
    needsDbUpgrade: false,
    version: `${standin.switches.version}.1`,
    versionstring: standin.switches.version,
    edition: '',
    productname: 'Nextcloud',
    extendedSupport: false,
  };
  const headers = { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/json' };
  reply(exchange, 200, headers, phpJson(status));
}

function answerFailure(exchange: Exchange, error: unknown): void {
  if (error instanceof IncompleteBody || exchange.request.socket.destroyed) {
    exchange.response.destroy();
    return;
  }
  console.error(`nextcloud stand-in: ${exchange.method} ${exchange.path} failed`, error);
  const message = error instanceof Error ? error.message : String(error);
  replyDavError(exchange, new DavError(500, 'Exception', message));
}
