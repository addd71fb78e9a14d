import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, openAccount } from './account.ts';
import { type Place, runClient, type Side, sides } from './clients.ts';
import { doJob, type JobPair } from './job.ts';
import { measureLive } from './live.ts';
import { contentOf, nameOf, writeMany, writeSmall } from './many-files.ts';
import type { Aim, Figures, Taken } from './table.ts';

/** How much is done. */
export interface Extent {
  readonly runs: number;
  readonly small: number;
  readonly unchanged: number;
  readonly largeMb: number;
  readonly many: number;
}

/** What a task measures with. */
export interface Bench {
  readonly base: string;
  readonly extent: Extent;
  readonly figures: Figures;
}

const old = (): number => Math.floor(Date.now() / 1000) - 100;

/** Many small files there and back, without and with what newer servers offer. */
export async function smallFiles({ base, extent, figures }: Bench): Promise<void> {
  for (let round = 0; round < extent.runs; round += 1) {
    for (const side of sides()) {
      const folder = join(base, `small-${round}-${side}`);
      await withAccount(folder, async (account) => {
        for (const offered of [false, true]) {
          const isTold = account.offer({ bulkUpload: offered, folderArchive: offered });
          const up = offered ? 'bulk upload' : 'a request for each';
          const down = offered ? 'archives' : 'a request for each';
          const remote = offered ? 'new' : 'old';
          await account.makeFolder(remote);
          const [from, to] = [join(folder, `${remote}-up`), join(folder, `${remote}-down`)];
          writeSmall(from, extent.small, old());
          mkdirSync(to);
          const upTaken = await runClient(side, account, { local: from, remote });
          figures.add(
            named(`${extent.small} small files up`, up, isTold),
            { ratio: offered ? 0.5 : 1 },
            side,
            upTaken,
          );
          const downTaken = await runClient(side, account, { local: to, remote });
          figures.add(
            named(`${extent.small} small files down`, down, isTold),
            { ratio: offered ? 0.1 : 0.8 },
            side,
            downTaken,
          );
          if (!isTold) break;
        }
      });
    }
  }
}

/** A real server offers what it offers. */
function named(task: string, way: string, isTold: boolean): string {
  return isTold ? `${task}, ${way}` : task;
}

/** A look that finds nothing. */
export async function unchanged({ base, extent, figures }: Bench): Promise<void> {
  const folder = join(base, 'unchanged');
  await withAccount(folder, async (account) => {
    const remote = 'still';
    await fill(account, remote, extent.unchanged);
    const places = new Map<Side, Place>();
    for (const side of sides()) {
      const local = join(folder, side);
      writeMany(local, extent.unchanged, mtimeOfMany);
      places.set(side, { local, remote });
      await runClient(side, account, { local, remote });
      await runClient(side, account, { local, remote });
    }
    const task = `nothing changed in ${extent.unchanged} files`;
    const aim: Aim = { seconds: 0.3 };
    for (let run = 0; run < extent.runs * 2; run += 1) {
      for (const [side, place] of places)
        figures.add(`${task}, the command`, aim, side, await runClient(side, account, place));
    }
    const place = places.get('ours');
    if (place === undefined) return;
    const { seconds, ...rest } = await doJob({
      kind: 'runs',
      pair: pairOf(account, place),
      times: 1 + extent.runs * 2,
    });
    for (const each of seconds.slice(1)) {
      figures.add(`${task}, in a running program`, { ...aim, requests: 1 }, 'ours', {
        ...figuresOf(rest),
        seconds: each,
      });
    }
  });
}

const mtimeOfMany = 1_700_000_000;

async function fill(account: Account, remote: string, files: number): Promise<void> {
  await account.makeFolder(remote);
  const made = new Set<string>();
  for (let file = 0; file < files; file += 1) {
    const path = `${remote}/${nameOf(file)}`;
    const [, top = '', sub = ''] = path.split('/');
    for (const parent of [`${remote}/${top}`, `${remote}/${top}/${sub}`]) {
      if (!made.has(parent)) await account.makeFolder(parent);
      made.add(parent);
    }
    await account.put(path, contentOf(file), mtimeOfMany);
  }
}

/** One large file there and back, beside the peer and beside the least that can be done. */
export async function largeFile({ base, extent, figures }: Bench): Promise<void> {
  const size = `${extent.largeMb} MB`;
  for (let round = 0; round < extent.runs; round += 1) {
    for (const side of sides()) {
      const folder = join(base, `large-${round}-${side}`);
      await withAccount(folder, async (account) => {
        const place = await placeFor(account, folder, 'up');
        writeLarge(join(place.local, 'large.bin'), extent.largeMb);
        figures.add(`one file of ${size} up`, {}, side, await runClient(side, account, place));
        const back = { local: join(folder, 'down'), remote: place.remote };
        mkdirSync(back.local);
        figures.add(`one file of ${size} down`, {}, side, await runClient(side, account, back));
      });
    }
    await besideBare(join(base, `bare-${round}`), size, { extent, figures });
  }
}

/** In a running program, since a bare request has no start of its own either. */
async function besideBare(
  folder: string,
  size: string,
  { extent, figures }: Pick<Bench, 'extent' | 'figures'>,
): Promise<void> {
  await withAccount(folder, async (account) => {
    const up = await placeFor(account, folder, 'up');
    const file = join(up.local, 'large.bin');
    writeLarge(file, extent.largeMb);
    const down = { local: join(folder, 'down'), remote: up.remote };
    mkdirSync(down.local);
    const task = `one file of ${size}, beside one bare request`;
    const bare = (local: string, name: string): JobPair => ({
      ...pairOf(account, { local, remote: `${up.remote}/${name}` }),
    });
    const add = (
      way: string,
      side: Side,
      { seconds: [seconds = 0], ...rest }: Awaited<ReturnType<typeof doJob>>,
    ): void => figures.add(`${task}: ${way}`, { ratio: 1.2 }, side, { ...figuresOf(rest), seconds });
    add('up', 'ours', await doJob({ kind: 'runs', pair: pairOf(account, up), times: 1 }));
    add('up', 'peer', await doJob({ kind: 'barePut', pair: bare(file, 'bare.bin') }));
    await account.remove(`${up.remote}/bare.bin`);
    add('down', 'ours', await doJob({ kind: 'runs', pair: pairOf(account, down), times: 1 }));
    add('down', 'peer', await doJob({ kind: 'bareGet', pair: bare(join(folder, 'bare.bin'), 'large.bin') }));
  });
}

/** A folder with so many files that looking at it costs something. */
export async function manyFiles({ base, extent, figures }: Bench): Promise<void> {
  const local = join(base, 'many', 'files');
  const journal = join(base, 'many', 'journal.db');
  writeMany(local, extent.many, mtimeOfMany);
  for (let run = 0; run < extent.runs; run += 1) {
    const {
      seconds: [seconds = 0],
      peakMb,
    } = await doJob({ kind: 'firstScan', local });
    figures.add(`first look at ${extent.many} files on the disk`, { seconds: 10, mb: 200 }, 'ours', {
      seconds,
      peakMb,
    });
  }
  const { etag = '' } = await doJob({ kind: 'join', local, journal, files: extent.many });
  for (let run = 0; run < extent.runs; run += 1) {
    const {
      seconds: [seconds = 0],
      ...rest
    } = await doJob({ kind: 'laterStart', local, journal, etag });
    figures.add(`a later start with ${extent.many} files`, { seconds: 3 }, 'ours', {
      ...figuresOf(rest),
      seconds,
    });
  }
}

export async function live({ base, extent, figures }: Bench): Promise<void> {
  const folder = join(base, 'live');
  await withAccount(folder, async (account) => {
    await account.makeFolder('live');
    await measureLive(account, folder, extent.runs, figures);
  });
}

/** Nothing happens for a long time. */
export async function idle({ base, extent, figures }: Bench, minutes: number): Promise<void> {
  const folder = join(base, 'idle');
  await withAccount(folder, async (account) => {
    const place = { local: join(folder, 'idle'), remote: 'idle' };
    await fill(account, place.remote, extent.unchanged);
    const {
      seconds: [seconds = 0],
      peakMb,
    } = await doJob({ kind: 'idle', pair: pairOf(account, place), seconds: minutes * 60 });
    const aim = { seconds: minutes * 60 * 0.005 };
    figures.add(`processor time of ${minutes} idle minutes, ${extent.unchanged} files`, aim, 'ours', {
      seconds,
      peakMb,
    });
  });
}

/** Memory and open files over many runs; gives what is to be printed beside the table. */
export async function flat({ base, figures }: Bench, times: number): Promise<string[]> {
  const folder = join(base, 'flat');
  let lines: string[] = [];
  await withAccount(folder, async (account) => {
    const place = await placeFor(account, folder, 'flat');
    writeSmall(place.local, 200, old());
    const { seconds, kept = [], peakMb } = await doJob({ kind: 'flat', pair: pairOf(account, place), times });
    for (const each of seconds)
      figures.add(`one of ${times} runs, one file changed in each`, {}, 'ours', { seconds: each, peakMb });
    lines = kept.map(
      ({ heapMb, openFiles }, index) =>
        `${index === 0 ? 'after 100 runs' : `after ${times} runs`}: ${heapMb.toFixed(1)} MB kept, ${openFiles} open files`,
    );
  });
  return lines;
}

async function withAccount(folder: string, act: (account: Account) => Promise<void>): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const account = await openAccount(join(folder, 'server'));
  try {
    await act(account);
  } finally {
    await account.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function placeFor(account: Account, folder: string, name: string): Promise<Place> {
  await account.makeFolder(name);
  const local = join(folder, name);
  mkdirSync(local, { recursive: true });
  return { local, remote: name };
}

function pairOf({ url, user, password, root }: Account, { local, remote }: Place): JobPair {
  return { url, user, password, local, journal: `${local}.db`, remote: `${root}/${remote}` };
}

function figuresOf({
  requests,
  peakMb,
}: {
  readonly requests?: number | undefined;
  readonly peakMb: number;
}): Omit<Taken, 'seconds'> {
  return requests === undefined ? { peakMb } : { peakMb, requests };
}

/** No two megabytes are alike, so that nothing is gained by compressing or sharing them. */
function writeLarge(path: string, megabytes: number): void {
  const handle = openSync(path, 'w');
  for (let done = 0; done < megabytes; done += 1) writeSync(handle, randomBytes(1024 * 1024));
  closeSync(handle);
  utimesSync(path, old(), old());
}
