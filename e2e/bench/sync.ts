/**
 * `npm run bench -- sync [--files N] [--runs N] [--json FILE]`: how fast the engine is beside Nextcloud's own client
 * (`nextcloudcmd`, where it is installed), on the same machine and server, by turns. The server is the stand-in.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isCommand } from '../setup/apt.ts';
import { type Nextcloud, startNextcloud } from '../stack/nextcloud/index.ts';

const program = join(import.meta.dirname, '../../main/sync/cli/main.ts');
const large = 100 * 1024 * 1024;

/** One way to sync a folder with an account. */
interface Client {
  readonly name: 'ours' | 'peer';
  command(folder: string, user: string): readonly [string, ...string[]];
}

/** What one task took, in the medians of all runs. */
interface Result {
  readonly task: string;
  readonly ours_s: number;
  readonly peer_s: number | null;
  readonly ratio: number | null;
  readonly requests: number;
  readonly peak_mb: number;
}

interface Taken {
  readonly seconds: number;
  readonly requests: number;
  readonly peakMb: number;
}

/** Takes the figures and prints them. */
export async function run(args: string[]): Promise<number> {
  const options = {
    files: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '3' },
    json: { type: 'string' },
  } as const;
  const { values } = parseArgs({ args, options });
  const base = mkdtempSync(join(tmpdir(), 'traboule-bench-sync-'));
  try {
    const results = await new Bench(base, Number(values.files)).play(Number(values.runs));
    console.table(results);
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
  return 0;
}

class Bench {
  readonly #base: string;
  readonly #files: number;
  readonly #taken = new Map<string, Record<Client['name'], Taken[]>>();

  constructor(base: string, files: number) {
    this.#base = base;
    this.#files = files;
  }

  async play(runs: number): Promise<Result[]> {
    for (let round = 0; round < runs; round += 1) {
      for (const name of ['ours', 'peer'] as const) {
        if (name === 'peer' && !isCommand('nextcloudcmd')) continue;
        await this.#round(name, join(this.#base, `${name}-${round}`));
      }
    }
    return [...this.#taken].map(([task, taken]) => summary(task, taken));
  }

  /** Each round has a server of its own, so that no one profits from another's work. */
  async #round(name: Client['name'], base: string): Promise<void> {
    const server = await startNextcloud({
      dataDir: join(base, 'server'),
      users: [{ uid: 'ana', password: 'unused', displayName: 'Ana' }],
      version: '31.0.8',
      folderArchive: true,
    });
    const client = clientOf(name, server, base);
    const [up, down] = [join(base, 'up'), join(base, 'down')];
    writeSmallFiles(up, this.#files);
    await this.#take(`${this.#files} small files up`, client, up, server);
    await this.#take('nothing changed', client, up, server);
    mkdirSync(down);
    await this.#take(`${this.#files} small files down`, client, down, server);
    writeOld(join(up, 'large.bin'), Buffer.alloc(large, 'large '));
    await this.#take('one file of 100 MB up', client, up, server);
    await this.#take('one file of 100 MB down', client, down, server);
    await server.stop();
    rmSync(base, { recursive: true, force: true });
  }

  async #take(task: string, client: Client, folder: string, server: Nextcloud): Promise<void> {
    server.resetRequestLog();
    const before = performance.now();
    const peakMb = await runToEnd(client.command(folder, 'ana'), `${folder}-home`);
    const seconds = (performance.now() - before) / 1000;
    const taken = this.#taken.get(task) ?? { ours: [], peer: [] };
    taken[client.name].push({ seconds, requests: server.requests().length, peakMb });
    this.#taken.set(task, taken);
  }
}

function clientOf(name: Client['name'], server: Nextcloud, base: string): Client {
  const password = server.control.createAppPassword('ana', name);
  process.env['BENCH_PASSWORD'] = password;
  const { url } = server;
  if (name === 'peer')
    return {
      name,
      command: (folder, user) => [
        'nextcloudcmd',
        '--non-interactive',
        '--silent',
        '-u',
        user,
        '-p',
        password,
        folder,
        url,
      ],
    };
  const ours = [process.execPath, '--no-warnings', program, '--url', url, '--password-env', 'BENCH_PASSWORD'];
  return {
    name,
    command: (folder, user) => {
      const [command = process.execPath, ...args] = ours;
      const journal = join(base, `${folder.slice(base.length + 1)}.db`);
      return [command, ...args, '--user', user, '--local', folder, '--journal', journal, '--json'];
    },
  };
}

/** Runs a command to its end; gives the most memory that it had, in MB. */
async function runToEnd([command, ...args]: readonly [string, ...string[]], home: string): Promise<number> {
  mkdirSync(home, { recursive: true });
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: home };
  const child = spawn(command, args, { stdio: 'ignore', env });
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
  }, 20);
  const [code] = await once(child, 'exit');
  clearInterval(timer);
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}`);
  return peak;
}

/** `VmHWM` of a process on Linux, in MB; 0 when it is not known. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    // It has just ended.
    return 0;
  }
}

function writeSmallFiles(folder: string, count: number): void {
  for (let file = 0; file < count; file += 1) {
    const into = join(folder, `folder ${file % 20}`);
    mkdirSync(into, { recursive: true });
    writeOld(join(into, `${file}.txt`), 'x'.repeat(500 + ((file * 37) % 7500)));
  }
}

/** Old enough to be synced at once. */
function writeOld(path: string, content: string | Uint8Array): void {
  writeFileSync(path, content);
  const time = Date.now() / 1000 - 100;
  utimesSync(path, time, time);
}

function summary(task: string, { ours, peer }: Record<Client['name'], Taken[]>): Result {
  const ours_s = median(ours.map(({ seconds }) => seconds));
  const peer_s = peer.length === 0 ? null : median(peer.map(({ seconds }) => seconds));
  return {
    task,
    ours_s: round(ours_s),
    peer_s: peer_s === null ? null : round(peer_s),
    ratio: peer_s === null ? null : round(ours_s / peer_s),
    requests: median(ours.map(({ requests }) => requests)),
    peak_mb: Math.round(median(ours.map(({ peakMb }) => peakMb))),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
