import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished } from 'node:stream';

/**
 * Keeps a connection open behind an answer until the client has sent all of its request, as Apache does: closing
 * it before would reset it, and the reset would take the answer with it.
 */
export function linger(request: IncomingMessage, response: ServerResponse): void {
  const end = response.end.bind(response);
  response.end = (part?: unknown) => {
    // A connection that stays open is read to the end of the request by node:http itself.
    if (response.shouldKeepAlive || request.complete || request.destroyed) return end(part);
    if (part === undefined || part === '') response.flushHeaders();
    else response.write(part);
    finished(request, { writable: false }, () => end());
    request.unpipe();
    request.resume();
    return response;
  };
}
