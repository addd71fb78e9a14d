/**
 * Group 04 recorded what each request did to the etags, mtimes and sizes around it, as one line a path:
 * `etag "a" -> "b", mtime X -> Y, size 1 -> 2`, `etag same, mtime same`, `appeared "a" id 1 mtime X`, `gone (was id 1)`.
 * Here the same is observed and held against those lines.
 */
import { z } from 'zod';
import type { RecordedExchange } from './recordings.ts';
import { shortId } from './recordings.ts';
import type { Entry, Stage } from './stage.ts';

const notesSchema = z.object({
  effect: z.record(z.string(), z.string()).optional(),
  ownerEffect: z.record(z.string(), z.string()).optional(),
});

type Listing = ReadonlyMap<string, Entry>;

/** Everything before a request, and how to compare it with what is there afterwards. */
export interface Observation {
  compareAfter(): Promise<string[]>;
}

/** Looks at the owner's tree, and in a share at the receiver's, if the exchange says what should happen to them. */
export async function observe(stage: Stage, exchange: RecordedExchange): Promise<Observation | null> {
  const notes = notesSchema.safeParse(exchange.notes);
  const effect = notes.data?.effect ?? notes.data?.ownerEffect;
  if (!effect || !shortId(exchange).startsWith('04/')) return null;
  const inShare = notes.data?.ownerEffect !== undefined;
  const before = await stage.list('alice', '', 'infinity');
  const receiverBefore = inShare ? await stage.list('bob', '', '1') : null;
  return {
    compareAfter: async () => {
      const after = await stage.list('alice', '', 'infinity');
      const differences = compareEffect(effect, before, after);
      if (!receiverBefore) return differences;
      return [...differences, ...compareReceiver(receiverBefore, await stage.list('bob', '', '1'), after)];
    },
  };
}

function compareEffect(effect: Readonly<Record<string, string>>, before: Listing, after: Listing): string[] {
  const differences: string[] = [];
  for (const [path, expected] of Object.entries(effect)) {
    const found = describe(before.get(path), after.get(path));
    const wanted = summary(expected);
    if (found !== wanted) differences.push(`effect on ${path}: ${wanted} expected, ${found} found`);
  }
  return [...differences, ...compareNewEtags(effect, after)];
}

/** `etag changed, mtime same, size 1 -> 2`: a recorded line without the values a server makes up. */
function summary(line: string): string {
  if (line.startsWith('gone')) return 'gone';
  if (line.startsWith('appeared')) return 'appeared';
  const changed = (name: string) => (line.includes(`${name} same`) ? 'same' : 'changed');
  const size = /size (\d+) -> (\d+)/.exec(line);
  const growth = size ? `, size ${Number(size[2]) - Number(size[1])}` : '';
  return `etag ${changed('etag')}, mtime ${changed('mtime')}${growth}`;
}

function describe(before: Entry | undefined, after: Entry | undefined): string {
  if (!after) return 'gone';
  if (!before) return 'appeared';
  const changed = (name: 'etag' | 'mtime') => (before[name] === after[name] ? 'same' : 'changed');
  const growth = before.size === after.size ? '' : `, size ${after.size - before.size}`;
  return `etag ${changed('etag')}, mtime ${changed('mtime')}${growth}`;
}

/** Paths that got one and the same new etag in the recording must share one here, and others must not. */
function compareNewEtags(effect: Readonly<Record<string, string>>, after: Listing): string[] {
  const actualOf = new Map<string, string>();
  const differences: string[] = [];
  for (const [path, line] of Object.entries(effect)) {
    const recorded = /etag "[^"]*" -> "([^"]*)"|appeared "([^"]*)"/.exec(line);
    const etag = recorded?.[1] ?? recorded?.[2];
    const actual = after.get(path)?.etag;
    if (etag === undefined || actual === undefined) continue;
    const known = actualOf.get(etag);
    if (known !== undefined && known !== actual)
      differences.push(`${path} should share its new etag with others`);
    actualOf.set(etag, actual);
  }
  if (new Set(actualOf.values()).size !== actualOf.size)
    differences.push('paths share a new etag that should not');
  return differences;
}

/** A receiver's mount has the owner's new etag, and the receiver's root changes with it (04/14, 04/15). */
function compareReceiver(before: Listing, after: Listing, owner: Listing): string[] {
  const differences: string[] = [];
  if (before.get('/')?.etag === after.get('/')?.etag) differences.push("the receiver's root kept its etag");
  if (!/^"[0-9a-f]{32}"$/.test(after.get('/')?.etag ?? ''))
    differences.push("the receiver's root has no combined etag");
  if (after.get('/a')?.etag !== owner.get('/s4/a')?.etag)
    differences.push("the mount's etag is not the owner's");
  if (before.get('/a')?.etag === after.get('/a')?.etag) differences.push('the mount kept its etag');
  return differences;
}
