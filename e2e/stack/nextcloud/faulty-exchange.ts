/** Puts the effects of fault rules into a request: what is cut, slowed or held back on its way. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DavError, locked, maintenance } from './dav/dav-error.ts';
import type { FaultEffect } from './faults.ts';

/** A request body after its faults, filters for the answer, and what to answer instead, if anything. */
export interface FaultyParts {
  readonly body: Readable;
  readonly outgoing: readonly Transform[];
  readonly staleEtags: boolean;
  readonly refusal: DavError | null;
  readonly dropped: boolean;
}

/** Applies all effects; waits out delays. */
export async function applyFaults(
  effects: readonly FaultEffect[],
  request: IncomingMessage,
  response: ServerResponse,
  decodedPath: string,
): Promise<FaultyParts> {
  let body: Readable = request;
  let refusal: DavError | null = null;
  let staleEtags = false;
  let dropped = false;
  const outgoing: Transform[] = [];
  for (const effect of effects) {
    switch (effect.kind) {
      case 'delay':
        await sleep(effect.ms);
        break;
      case 'status':
        refusal = refusalWith(effect.status, decodedPath, effect.retryAfter);
        break;
      case 'maintenance':
        refusal = maintenance();
        break;
      case 'cut-request':
        body = piped(body, cutter(effect.afterBytes, request), request);
        break;
      case 'cut-response':
        cutResponse(response, effect.afterBytes);
        break;
      case 'drop':
        dropped = true;
        request.socket.destroy();
        break;
      case 'drop-answer':
        dropAnswer(response);
        break;
      case 'stale-etag':
        staleEtags = true;
        break;
      case 'throttle':
        body = piped(body, throttle(effect.bytesPerSecond, request.socket), request);
        outgoing.push(throttle(effect.bytesPerSecond, request.socket));
        break;
    }
  }
  return { body, outgoing, staleEtags, refusal, dropped };
}

/** As `pipe`, which would wait for ever for the rest of a body that breaks off: it ends with an error instead. */
function piped(body: Readable, through: Transform, request: IncomingMessage): Transform {
  // It may break off before anybody reads; whoever does then is told all the same.
  through.on('error', () => undefined);
  request.once('close', () => {
    if (!request.complete) through.destroy(new Error('the connection was closed before the end of the body'));
  });
  return body.pipe(through);
}

const sabre = (name: string) => `Sabre\\DAV\\Exception\\${name}`;

const exceptions: Readonly<Record<number, readonly [exception: string, message: string]>> = {
  401: [sabre('NotAuthenticated'), 'Username or password was incorrect'],
  403: [sabre('Forbidden'), ''],
  404: [sabre('NotFound'), 'File could not be located'],
  412: [
    sabre('PreconditionFailed'),
    'An If-Match header was specified, but none of the specified ETags matched.',
  ],
  500: ['Exception', 'Internal Server Error'],
  503: [sabre('ServiceUnavailable'), 'Temporarily unavailable'],
  507: [sabre('InsufficientStorage'), 'Insufficient space'],
};

function refusalWith(status: number, decodedPath: string, retryAfter: number | undefined): DavError {
  if (status === 423) return locked(decodedPath.replace(/^\/remote\.php\/dav\/(files\/[^/]+\/)?/, ''));
  const [exception, message] = exceptions[status] ?? ['Exception', ''];
  const headers = retryAfter === undefined ? {} : { headers: { 'Retry-After': String(retryAfter) } };
  return new DavError(status, exception, message, headers);
}

/** Lets so many bytes of a request body in, then closes the connection. */
function cutter(afterBytes: number, request: IncomingMessage): Transform {
  let passed = 0;
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      passed += part.length;
      if (passed < afterBytes) {
        done(null, part);
        return;
      }
      request.socket.destroy();
      done(new Error(`cut after ${afterBytes} bytes`));
    },
    flush(done) {
      request.socket.destroy();
      done(new Error(`cut at the end, before ${afterBytes} bytes`));
    },
  });
}

/** Sends so many bytes of the answer's body, then closes the connection. */
function cutResponse(response: ServerResponse, afterBytes: number): void {
  let left = afterBytes;
  const write = response.write.bind(response);
  const send = (part: unknown): void => {
    if (left < 0) return;
    const bytes = bytesOf(part);
    const kept = bytes.subarray(0, left);
    left -= bytes.length;
    if (kept.length > 0) write(kept);
    else response.flushHeaders();
    if (left <= 0) {
      left = -1;
      response.socket?.destroySoon();
    }
  };
  response.write = (part: unknown, ...rest: unknown[]): boolean => {
    send(part);
    const done = rest.find((each) => typeof each === 'function');
    done?.();
    return true;
  };
  response.end = (part?: unknown) => {
    send(part);
    // A body shorter than the cut still ends with a broken connection.
    response.socket?.destroySoon();
    return response;
  };
}

function bytesOf(part: unknown): Buffer {
  if (part instanceof Uint8Array) return Buffer.from(part);
  return Buffer.from(typeof part === 'string' ? part : '');
}

/** Closes the connection at the moment the answer would begin. */
function dropAnswer(response: ServerResponse): void {
  response.writeHead = (status: number) => {
    response.statusCode = status;
    response.socket?.destroy();
    return response;
  };
  response.write = () => true;
  response.end = () => response;
}

const slice = 16 * 1024;

/** Passes bytes in small pieces, no faster than asked, until the connection closes. */
function throttle(bytesPerSecond: number, connection: Socket): Transform {
  return new Transform({
    highWaterMark: slice,
    transform(part: Buffer, _encoding, done) {
      const passed = passSlowly(part, bytesPerSecond, connection, (piece) => this.push(piece));
      // oxlint-disable-next-line promise/no-callback-in-promise -- a stream transform answers by callback
      passed.then(() => done(), done);
    },
  });
}

async function passSlowly(
  part: Buffer,
  bytesPerSecond: number,
  connection: Socket,
  push: (piece: Buffer) => void,
): Promise<void> {
  const pieceSize = Math.max(1, Math.min(slice, Math.ceil(bytesPerSecond / 20)));
  for (let at = 0; at < part.length; at += pieceSize) {
    if (connection.destroyed) throw new Error('the connection was closed while the body was held back');
    const piece = part.subarray(at, at + pieceSize);
    await sleep((piece.length / bytesPerSecond) * 1000);
    push(piece);
  }
}
