/**
 * `npm run bench -- start [--runs N] [--quick]`: how fast the program starts with 1,000 salons, and what it costs.
 * Its figures stand in docs/performance.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chooseElectron, describeElectron, type Launch } from '../electron/choose.ts';
import { openDisplay } from '../electron/display.ts';
import { BULK_USER } from '../stack/synapse/thousand-rooms.ts';
import { type Figure, table } from './figures.ts';
import { openSalons, signIn } from './in-page.ts';
import { longTasks } from './interface-thread.ts';
import { cpuBetween, memoryOf, quiet } from './processes.ts';
import { listShownAfter, type StartedProgram, startProgram } from './started-program.ts';
import { type ThousandRooms, thousandRooms } from './thousand-rooms.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Caches of the browser engine inside a profile: a cold start has none. */
const ENGINE_CACHES =
  /^(Code Cache|GPUCache|DawnCache|DawnGraphiteCache|DawnWebGPUCache|ShaderCache|GrShaderCache)$/;
const SALONS_OPENED = 10;
const IDLE_S = { usual: 60, quick: 10 };

/** Takes the figures and prints them. */
export async function run(args: string[]): Promise<number> {
  const options = {
    runs: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ args, options });
  const runs = values.quick ? 1 : Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) {
    console.error('--runs takes a number from 1 on');
    return 2;
  }
  const dir = await mkdtemp(join(tmpdir(), 'bench-'));
  const progress = (line: string): void => console.error(`${line} ...`);
  const electron = await chooseElectron({ progress });
  const display = await openDisplay(true);
  let rooms: ThousandRooms | null = null;
  try {
    rooms = await thousandRooms(dir, progress);
    const launch = await electron.launch(ROOT);
    const bench = new StartBench({
      dir,
      rooms,
      launch,
      display: display.name,
      runs,
      quick: values.quick,
      progress,
    });
    const figures = await bench.all();
    console.log(
      `${describeElectron(electron)}, ${cpus().length} processors (${cpus()[0]?.model ?? 'unknown'})`,
    );
    console.log(table(figures));
    return 0;
  } finally {
    await rooms?.stop();
    display.close();
    await rm(dir, { recursive: true, force: true });
  }
}

interface Parts {
  readonly dir: string;
  readonly rooms: ThousandRooms;
  readonly launch: Launch;
  readonly display: string;
  readonly runs: number;
  readonly quick: boolean;
  readonly progress: (line: string) => void;
}

/** All the measurements, one after the other: nothing else may run beside them. */
class StartBench {
  readonly #parts: Parts;
  readonly #figures = new Map<string, Figure & { readonly runs: number[] }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async all(): Promise<readonly Figure[]> {
    const { dir, rooms, runs, quick, progress } = this.#parts;
    for (let index = 0; index < runs; index += 1) {
      progress(`a new device, ${index + 1} of ${runs}`);
      await this.#newDevice(join(dir, `device-${index}`));
    }
    const profile = join(dir, 'device-0');
    progress('at rest');
    await this.#atRest(profile, quick ? IDLE_S.quick : IDLE_S.usual);
    progress('restarts');
    await this.#restarts(profile, 'server there');
    await rooms.stop();
    progress('restarts without the server');
    await this.#restarts(profile, 'no server');
    return [...this.#figures.values()];
  }

  /** Signs in where nothing is known yet, waits until all is read, opens salons. */
  async #newDevice(profile: string): Promise<void> {
    const program = await this.#start(profile);
    try {
      this.#take(
        'new device: sign-in to list',
        'ms',
        1500,
        await signIn(program.page, BULK_USER.name, BULK_USER.password),
      );
      await quiet(program.pid);
      const tasks = await longTasks(program.page);
      this.#take('new device: longest task', 'ms', 50, tasks.longestMs);
      this.#take('new device: tasks over 50 ms, sum', 'ms', null, tasks.sumMs);
      await this.#memory(program, 'new device');
      const [first = 0, ...later] = await openSalons(program.page, SALONS_OPENED);
      this.#take('open a salon: the first', 'ms', null, first);
      for (const one of later) this.#take('open a salon: the next', 'ms', null, one);
    } finally {
      await program.stop();
    }
  }

  /** What it costs when nobody does anything. */
  async #atRest(profile: string, seconds: number): Promise<void> {
    const program = await this.#start(profile);
    try {
      await listShownAfter(program);
      await quiet(program.pid);
      await this.#memory(program, 'restarted');
      const spent = await cpuBetween(program.pid, () => sleep(seconds * 1000));
      this.#take('idle: processor time a minute', 's', null, (spent * 60) / seconds);
    } finally {
      await program.stop();
    }
  }

  async #restarts(profile: string, how: string): Promise<void> {
    for (let index = 0; index < this.#parts.runs; index += 1) {
      for (const state of ['cold', 'warm'] as const) {
        if (state === 'cold') await this.#makeCold(profile);
        const program = await this.#start(profile);
        try {
          const aim = state === 'warm' ? 1000 : null;
          this.#take(`restart, ${how}, ${state}`, 'ms', aim, await listShownAfter(program));
          await quiet(program.pid);
          const tasks = await longTasks(program.page);
          this.#take(`restart, ${how}, ${state}: longest task`, 'ms', 50, tasks.longestMs);
        } finally {
          await program.stop();
        }
      }
    }
  }

  #start(profile: string): Promise<StartedProgram> {
    const { launch, display, rooms } = this.#parts;
    return startProgram({ launch, display, profile, brand: rooms.brand });
  }

  async #memory({ pid }: StartedProgram, when: string): Promise<void> {
    const { main, renderers, all } = await memoryOf(pid);
    this.#take(`memory, ${when}: main`, 'MB', null, main);
    this.#take(`memory, ${when}: the page (largest renderer)`, 'MB', null, Math.max(0, ...renderers));
    this.#take(
      `memory, ${when}: all renderers`,
      'MB',
      220,
      renderers.reduce((sum, one) => sum + one, 0),
    );
    this.#take(`memory, ${when}: all processes`, 'MB', null, all);
  }

  /** Without the engine's caches, and with the files of engine and program out of the system's memory. */
  async #makeCold(profile: string): Promise<void> {
    for (const entry of await readdir(profile, { recursive: true, withFileTypes: true })) {
      if (ENGINE_CACHES.test(entry.name))
        await rm(join(entry.parentPath, entry.name), { recursive: true, force: true });
    }
    const { executablePath, args } = this.#parts.launch;
    for (const folder of [join(executablePath, '..'), args.at(-1) ?? ROOT, profile])
      await forgetFiles(folder);
  }

  #take(name: string, unit: Figure['unit'], aim: number | null, value: number): void {
    const figure = this.#figures.get(name) ?? { name, unit, aim, runs: [] };
    figure.runs.push(value);
    this.#figures.set(name, figure);
  }
}

/** Asks the system to drop a folder's files from its memory (what another process maps stays). */
async function forgetFiles(folder: string): Promise<void> {
  const find = spawn('find', [
    folder,
    '-type',
    'f',
    '-size',
    '+3k',
    '-not',
    '-path',
    '*/.git/*',
    '-exec',
    'dd',
    'if={}',
    'iflag=nocache',
    'count=0',
    'status=none',
    ';',
  ]);
  await once(find, 'exit');
}
