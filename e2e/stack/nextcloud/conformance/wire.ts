/** Sends a request exactly as it stands: no normalised path, no added headers. */
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';

export interface WireRequest {
  readonly method: string;
  /** As it goes over the wire, `..` and all. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  /** Lower-case names; a repeated header is a list. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
}

/** One request on a connection of its own. */
export function send(origin: string, { method, path, headers, body }: WireRequest): Promise<WireResponse> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const isChunked = headers['Transfer-Encoding'] === 'chunked';
    const length =
      isChunked || (body.length === 0 && method === 'GET') ? {} : { 'Content-Length': String(body.length) };
    const request = httpRequest({
      hostname,
      port,
      method,
      path,
      headers: { ...length, ...headers },
      agent: false,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: listed(response.rawHeaders),
          body: Buffer.concat(parts),
        });
      });
    });
    if (headers.Expect === '100-continue') request.on('continue', () => request.end(body));
    else request.end(body);
  });
}

function listed(raw: readonly string[]): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    headers[name] = [...(headers[name] ?? []), raw[at + 1] ?? ''];
  }
  return headers;
}

/**
 * Announces more bytes than it sends and closes its side of the connection. Gives the answer, or null when the
 * server closes without one.
 */
export function sendTruncated(
  origin: string,
  wire: WireRequest,
  announced: number,
): Promise<WireResponse | null> {
  const { hostname, port } = new URL(origin);
  const head = Object.entries({
    Host: `${hostname}:${port}`,
    ...wire.headers,
    'Content-Length': String(announced),
  })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.on('end', () => socket.end());
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET') reject(error);
    });
    socket.on('close', () => resolve(parseResponse(Buffer.concat(parts))));
    socket.end(
      Buffer.concat([Buffer.from(`${wire.method} ${wire.path} HTTP/1.1\r\n${head}\r\n`), wire.body]),
    );
  });
}

function parseResponse(bytes: Buffer): WireResponse | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const raw = lines.flatMap((line) => [
    line.slice(0, line.indexOf(':')),
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
  return { status: Number(statusLine.split(' ')[1]), headers: listed(raw), body: bytes.subarray(end + 4) };
}
