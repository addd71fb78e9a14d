/**
 * For many exchanges the recorder looked at the file afterwards and noted what it saw: etag, mtime, id, size,
 * permissions, or that it is gone. The same is looked up here and compared.
 */
import { z } from 'zod';
import type { Comparison } from './compare-values.ts';
import { expectEqual, expectEtag, expectFileId, expectOcId, expectTime, note } from './compare-values.ts';
import type { RecordedExchange } from './recordings.ts';
import { shortId } from './recordings.ts';
import type { Stage } from './stage.ts';

const seenSchema = z.union([
  z.object({
    etag: z.string(),
    mtime: z.string(),
    fileid: z.string(),
    size: z.string(),
    id: z.string(),
    permissions: z.string(),
  }),
  z.object({ status: z.literal(404) }),
]);
type Seen = z.infer<typeof seenSchema>;

type Where = readonly [uid: string, path: string];

/** Where the noted look went, for notes with several looks or another place than the request's. */
const looks: Readonly<Record<string, Readonly<Record<string, Where>>>> = {
  '06/43': { folderAfter: ['alice', '/s6/b/a2'], childAfter: ['alice', '/s6/b/a2/in.txt'] },
  '06/44': { one: ['alice', '/s6/m2/one.txt'], two: ['alice', '/s6/m2/two.txt'] },
  '06/47': { source: ['alice', '/s6/cp.txt'], copy: ['alice', '/s6/cp2.txt'] },
  '06/52': { '': ['alice', '/s6/b3/f2.txt'] },
  '06/53': { '': ['alice', '/s6/b4/f2.txt'] },
  '07/42': { b1: ['alice', '/s7/b1.txt'], old: ['alice', '/s7/bulk-old.txt'] },
  '07/43': { b4: ['alice', '/s7/no/such/b4.txt'] },
  '07/48': { '': ['alice', '/s7/b12.txt'] },
  '08/06': { after: ['alice', '/s8/t1.txt'] },
  '08/17': { '': ['alice', '/s8/v.txt'] },
  '09/66': { '': ['alice', '/s9/rw/new.txt'] },
  '09/69': { '': ['alice', '/s9/all'] },
  '09/73': { '': ['alice', '/s9/ro'] },
  '09/87': { ownerNow: ['alice', '/s9/own'] },
  '13/14': { '': ['alice', '/s13/bulkm.txt'] },
  '13/15': { '': ['alice', '/s13/bulkn.txt'] },
  '14/02': { ownerAfter: ['alice', '/ro14/f.txt'] },
  '14/03': { ownerAfter: ['alice', '/ro14/f.txt'] },
};

/** Looks wherever the recorder looked and notes what is otherwise. */
export async function compareAftermath(
  comparison: Comparison,
  stage: Stage,
  exchange: RecordedExchange,
): Promise<number> {
  const noted = notedLooks(exchange);
  for (const { key, where, seen } of noted) {
    const [uid, path] = where;
    await compareLook(comparison, stage, `afterwards ${key} ${path}`, uid, path, seen);
  }
  return noted.length + (await compareText(comparison, stage, exchange));
}

/** What notes say in words: the content of a file, the stored checksum, the names in the folder. */
async function compareText(
  comparison: Comparison,
  stage: Stage,
  exchange: RecordedExchange,
): Promise<number> {
  const text = typeof exchange.notes === 'string' ? exchange.notes : '';
  const place = contents[shortId(exchange)] ?? (/stored|list/.test(text) ? ownPlace(exchange) : null);
  if (!place) return 0;
  const [uid, path] = place;
  const content = /^content(?: now)?: (.*?)(?: \{.*)?$/.exec(text)?.[1];
  const checksum = /no checksum|^stored: nothing/.test(text) ? '' : /<oc:checksum>([^<]*)/.exec(text)?.[1];
  const listing = /(?:listing:|listed as|listing of the folder:) +(.*)$/.exec(text)?.[1];
  if (content !== undefined)
    expectEqual(comparison, 'content afterwards', content, await stage.read(uid, path));
  if (checksum !== undefined) {
    expectEqual(comparison, 'checksum afterwards', checksum, (await stage.stat(uid, path)).checksum);
  }
  if (listing !== undefined) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    const found = [...(await stage.list(uid, folder, '1')).keys()].map(
      (each) => each.split('/').at(-1) ?? '',
    );
    // Some notes name the folder itself first, some do not.
    const nameOf = (href: string) => decodeURIComponent(href).replace(/\/$/, '').split('/').at(-1) ?? '';
    const expected = new Set([nameOf(folder), ...listing.split(' ').map(nameOf)]);
    expectEqual(
      comparison,
      'names afterwards',
      [...expected].toSorted().join('|'),
      found.toSorted().join('|'),
    );
  }
  return content === undefined && checksum === undefined && listing === undefined ? 0 : 1;
}

/** Files whose content or neighbours were noted, where that is not the request's own path. */
const contents: Readonly<Record<string, Where>> = {
  '07/26': ['alice', '/s7/order.bin'],
  '07/53': ['alice', '/s7/sum.txt'],
  '08/07': ['alice', '/s8/t2.txt'],
  '08/17': ['alice', '/s8/v.txt'],
  '08/18': ['alice', '/s8/v.txt'],
  '12/19': ['alice', '/s12/f.txt'],
};

function notedLooks(exchange: RecordedExchange): { key: string; where: Where; seen: Seen }[] {
  const places = looks[shortId(exchange)];
  const { notes } = exchange;
  if (typeof notes === 'string') {
    const seen = parseSeen(/\{"(?:etag|status)".*?\}/.exec(notes)?.[0]);
    const where = seen ? (places?.[''] ?? ownPlace(exchange)) : null;
    return seen && where ? [{ key: '', where, seen }] : [];
  }
  const named = z.record(z.string(), z.unknown()).safeParse(notes).data ?? {};
  return Object.entries(named).flatMap(([key, value]) => {
    const seen = seenSchema.safeParse(value).data;
    const where = places ? places[key] : key === 'after' ? ownPlace(exchange) : undefined;
    return seen && where ? [{ key, where, seen }] : [];
  });
}

/** Where the request left something: its destination, or its own path. */
function ownPlace({ request }: RecordedExchange): Where | null {
  const target = request.headers.Destination ?? request.path;
  const [, uid, path] = /\/remote\.php\/dav\/files\/([^/]+)(\/.*)$/.exec(target) ?? [];
  return uid === undefined || path === undefined ? null : [uid, decodeURIComponent(path)];
}

async function compareLook(
  comparison: Comparison,
  stage: Stage,
  where: string,
  uid: string,
  path: string,
  seen: Seen,
): Promise<void> {
  const found = await stage.look(uid, path);
  if (!found || 'status' in seen) {
    if (Boolean(found) === 'status' in seen)
      note(comparison, where, found ? 'should not be there' : 'is not there');
    return;
  }
  expectEtag(comparison, `${where} etag`, seen.etag, found.etag);
  expectTime(comparison, `${where} mtime`, Date.parse(seen.mtime), Date.parse(found.mtime));
  expectFileId(comparison, `${where} fileid`, seen.fileid, found.fileid);
  expectOcId(comparison, `${where} id`, seen.id, found.id);
  expectEqual(comparison, `${where} size`, seen.size, String(found.size));
  expectEqual(comparison, `${where} permissions`, seen.permissions, found.permissions);
}

function parseSeen(json: string | undefined): Seen | undefined {
  return json === undefined ? undefined : seenSchema.safeParse(JSON.parse(json)).data;
}
