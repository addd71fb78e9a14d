import { Readable } from 'node:stream';
import { attachment, sendStream } from '../dav/send-download.ts';
import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import { start } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import type { Place } from '../store/view.ts';
import type { ArchiveEntry } from './entries.ts';
import { entriesOf } from './entries.ts';
import { tarOf } from './tar.ts';
import { zipOf } from './zip.ts';

/**
 * GET of a folder on newer servers: an archive when `Accept` asks for one. `X-NC-Files` (a JSON list) narrows it to
 * some children. False when no archive was asked for.
 */
export async function folderArchive(standin: Standin, exchange: Exchange, place: Place): Promise<boolean> {
  const accept = header(exchange, 'accept') ?? '';
  const isTar = accept.includes('application/x-tar');
  if (!isTar && !accept.includes('application/zip')) return false;
  const name = place.names.at(-1) ?? 'download';
  const entries = chosenEntries(standin, place, name, header(exchange, 'x-nc-files'));
  const archive = isTar ? tarOf(entries) : zipOf(entries);
  start(exchange, 200, {
    'Content-Type': isTar ? 'application/x-tar' : 'application/zip',
    'Content-Disposition': attachment(`${name}.${isTar ? 'tar' : 'zip'}`),
    'X-Accel-Buffering': 'no',
  });
  if (exchange.method === 'HEAD') exchange.response.end();
  else await sendStream(exchange, Readable.from(archive, { objectMode: false }));
  return true;
}

function* chosenEntries(
  standin: Standin,
  place: Place,
  name: string,
  filter: string | undefined,
): Generator<ArchiveEntry> {
  const chosen = filter === undefined ? null : namesFrom(filter);
  if (!chosen) {
    yield* entriesOf(standin, place, name);
    return;
  }
  for (const child of chosen) {
    const found = standin.view.child(place, child);
    if (found) yield* entriesOf(standin, found, child);
  }
}

/** A JSON list of names, or one plain name. */
export function namesFrom(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value.filter((each) => typeof each === 'string');
  } catch {
    // Not JSON: the text itself is the name.
  }
  return [text];
}
