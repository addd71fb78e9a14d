/** Does one job of the bench and writes its figures to the standard output. */
import { createReadStream, createWriteStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Agent } from 'undici';
import { ignoring } from '../../../main/sync/discover/ignore.ts';
import { discoverLocal } from '../../../main/sync/discover/local.ts';
import { nodeFileSystem } from '../../../main/sync/local/node-file-system.ts';
import { localPath } from '../../../main/sync/model/paths.ts';
import { SyncedTree } from '../../../main/sync/model/synced-tree.ts';
import type { Remote } from '../../../main/sync/ports/remote.ts';
import { createSyncPair, type SyncPair } from '../../../main/sync/sync-pair.ts';
import { MemoryRemote } from '../../../main/sync/testing/memory-remote.ts';
import { MemoryServer } from '../../../main/sync/testing/memory-server.ts';
import { type Answer, type Job, type JobPair, jobSchema } from './job.ts';
import { contentOf, nameOf, stated, writeAged } from './many-files.ts';

async function main(): Promise<void> {
  const answer = await work(jobSchema.parse(JSON.parse(process.argv[2] ?? '')));
  const peakMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ peakMb, ...answer }));
}

function work(job: Job): Promise<Partial<Answer>> {
  switch (job.kind) {
    case 'runs':
      return withPair(job.pair, (pair) => runs(pair, job.times));
    case 'barePut':
      return bare(job.pair, 'PUT');
    case 'bareGet':
      return bare(job.pair, 'GET');
    case 'firstScan':
      return firstScan(job.local);
    case 'join':
      return joinAll(job);
    case 'laterStart':
      return laterStart(job);
    case 'idle':
      return withPair(job.pair, (pair) => idle(pair, job.seconds));
    case 'flat':
      return withPair(job.pair, (pair) => flat(pair, job.pair.local, job.times));
    default:
      throw new Error('no such job');
  }
}

async function withPair<Result>(
  { url, user, password, remote, local, journal }: JobPair,
  act: (pair: SyncPair) => Promise<Result>,
): Promise<Result> {
  const pair = createSyncPair({
    id: 'bench',
    remote: { url, user, password, rootPath: remote },
    localDir: local,
    journalPath: journal,
  });
  try {
    return await act(pair);
  } finally {
    await pair.stop();
  }
}

async function runs(pair: SyncPair, times: number): Promise<Partial<Answer>> {
  const seconds: number[] = [];
  let requests = 0;
  for (let time = 0; time < times; time += 1) {
    const [taken, report] = await timed(() => pair.syncOnce());
    if (report.outcome !== 'inSync') throw new Error(`a run ended with ${report.outcome}`);
    seconds.push(taken);
    requests = report.requests;
  }
  return { seconds, requests };
}

async function timed<Result>(act: () => Promise<Result>): Promise<[number, Result]> {
  const before = performance.now();
  const result = await act();
  return [(performance.now() - before) / 1000, result];
}

/** The least that any client does for one file: a request, and the disk. */
async function bare(
  { url, user, password, remote, local }: JobPair,
  method: 'PUT' | 'GET',
): Promise<Partial<Answer>> {
  const agent = new Agent();
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const path = `/remote.php/dav/files/${user}${remote}`;
  try {
    const [taken] = await timed(async () => {
      const sent = method === 'PUT' ? { 'content-length': String(statSync(local).size) } : {};
      const { statusCode, body } = await agent.request({
        origin: url,
        path,
        method,
        headers: { authorization, ...sent },
        body: method === 'PUT' ? createReadStream(local, { highWaterMark: 256 * 1024 }) : null,
      });
      if (statusCode >= 300) throw new Error(`${method}: ${statusCode}`);
      if (method === 'GET') await pipeline(body, createWriteStream(local, { flush: true }));
      else await body.dump();
    });
    return { seconds: [taken], requests: 1 };
  } finally {
    await agent.close();
  }
}

async function firstScan(local: string): Promise<Partial<Answer>> {
  const root = localPath(local);
  const rootEntry = await nodeFileSystem.look(root);
  if (rootEntry?.kind !== 'folder') throw new Error('no folder');
  const [taken, { complete }] = await timed(() =>
    discoverLocal({
      fileSystem: nodeFileSystem,
      root,
      rootEntry,
      synced: new SyncedTree(),
      ignoredBy: ignoring([]),
      maxFileSize: Number.POSITIVE_INFINITY,
      now: Date.now(),
      quietMs: 2000,
      signal: new AbortController().signal,
      entangled: new Set(),
    }),
  );
  if (!complete) throw new Error('not all was seen');
  return { seconds: [taken] };
}

type Place = { readonly local: string; readonly journal: string };

async function joinAll({
  local,
  journal,
  files,
}: Place & { readonly files: number }): Promise<Partial<Answer>> {
  const server = new MemoryServer(() => Date.now() - 1e8);
  for (let file = 0; file < files; file += 1) {
    const path = nameOf(file);
    const [top = '', sub = ''] = path.split('/');
    for (const folder of [top, `${top}/${sub}`])
      if (server.find(folder) === undefined) server.makeFolder(folder);
    const content = contentOf(file);
    server.write(path, Buffer.from(content), undefined, stated(content));
  }
  const [taken] = await timed(() => syncWith(() => new MemoryRemote(server), { local, journal }));
  return { seconds: [taken], etag: server.etag(server.root) };
}

async function syncWith(openRemote: () => Remote, { local, journal }: Place): Promise<number> {
  const remote = { url: 'http://memory/', user: 'ana', password: '-', rootPath: '/' };
  const config = { id: 'bench', remote, localDir: local, journalPath: journal };
  const pair = createSyncPair(config, { openRemote });
  const { outcome, requests } = await pair.syncOnce();
  await pair.stop();
  if (outcome !== 'inSync') throw new Error(`a run ended with ${outcome}`);
  return requests;
}

/** A server that has nothing new, and is asked for nothing else. */
async function laterStart({
  local,
  journal,
  etag,
}: Place & { readonly etag: string }): Promise<Partial<Answer>> {
  const remote = new MemoryRemote(new MemoryServer(() => 0));
  const identify = remote.identify;
  remote.identify = async (signal) => {
    const identity = await identify(signal);
    return { ...identity, root: { ...identity.root, etag } };
  };
  const [taken, requests] = await timed(() => syncWith(() => remote, { local, journal }));
  return { seconds: [taken], requests };
}

/** Its processor time, after the first run and what follows it at once. */
async function idle(pair: SyncPair, seconds: number): Promise<Partial<Answer>> {
  pair.start();
  await new Promise<void>((resume) =>
    pair.subscribe((event) => {
      if (event.type === 'state' && event.state.kind === 'idle') resume();
    }),
  );
  await new Promise((resume) => setTimeout(resume, 5000));
  const before = process.cpuUsage();
  await new Promise((resume) => setTimeout(resume, seconds * 1000));
  const { user, system } = process.cpuUsage(before);
  return { seconds: [(user + system) / 1e6] };
}

async function flat(pair: SyncPair, local: string, times: number): Promise<Partial<Answer>> {
  const kept: NonNullable<Answer['kept']> = [];
  const seconds: number[] = [];
  for (let time = 1; time <= times; time += 1) {
    // Not of this moment: a file is sent when it was quiet for 2 s, and 1,000 times that is long.
    writeAged(join(local, `changing ${time % 10}.txt`), `version ${time}`, 1_700_000_000 + time);
    seconds.push(...((await runs(pair, 1)).seconds ?? []));
    if (time === 100 || time === times) kept.push(await nowKept());
  }
  return { seconds, kept };
}

async function nowKept(): Promise<{ readonly heapMb: number; readonly openFiles: number }> {
  // What was just let go is let go indeed.
  await new Promise((resume) => setTimeout(resume, 200));
  globalThis.gc?.();
  return {
    heapMb: process.memoryUsage().heapUsed / 1e6,
    openFiles: readdirSync('/proc/self/fd').length,
  };
}

void main();
