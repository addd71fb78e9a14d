/**
 * What a client hears that announces more bytes than it sends and then closes its side: nothing from PHP's own
 * server (03/80), 400 from Apache (12/24, 12/25). Either way nothing is stored.
 */
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { badRequest } from './dav/dav-error.ts';
import type { Standin } from './standin.ts';

/** Announced body lengths by connection, for connections with a request under way. */
export type UnderWay = WeakMap<Duplex, number>;

/** Answers half-closed connections. */
export function answerTruncated(server: Server, standin: Standin, underWay: UnderWay): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
    } else if (error.code !== 'HPE_INVALID_EOF_STATE') {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    } else if (standin.switches.apache) {
      socket.end(rawAnswer(underWay.get(socket) ?? 0));
    } else {
      socket.destroy();
    }
  });
}

function rawAnswer(announced: number): string {
  const body = badRequest(
    `Expected filesize of ${announced} bytes but read (from Nextcloud client) and wrote (to Nextcloud storage) 0 bytes. Could either be a network problem on the sending side or a problem writing to the storage on the server side.`,
  ).toXml();
  return [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/xml; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
