import type { Flow } from '../ports/line.ts';

/** The same bytes, no faster than the flow lets them pass. */
export async function* paced(
  body: AsyncIterable<Uint8Array>,
  flow: Flow,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    for (let sent = 0; sent < chunk.length; ) {
      const leave = flow.grant(chunk.length - sent, signal);
      const granted = typeof leave === 'number' ? leave : await leave;
      yield granted === chunk.length ? chunk : chunk.subarray(sent, sent + granted);
      sent += granted;
    }
  }
}

/** The same bytes, in pieces of so many at most. */
export async function* inPieces(body: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    if (chunk.length <= most) yield chunk;
    else for (let at = 0; at < chunk.length; at += most) yield chunk.subarray(at, at + most);
  }
}
