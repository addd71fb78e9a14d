import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** What one process of the program is, by Chromium's own `--type` switch; main has none. */
export type ProcessKind = 'main' | 'renderer' | 'utility' | 'gpu' | 'zygote' | 'other';

/** One process as /proc shows it. */
export interface ProcessFigures {
  readonly pid: number;
  readonly kind: ProcessKind;
  /** Proportional set size: shared pages counted by their share, so that processes can be added up. MB. */
  readonly pssMb: number;
  /** Processor time so far, user and system. Seconds. */
  readonly cpuSeconds: number;
}

/** Linux counts processor time in hundredths of a second (sysconf(_SC_CLK_TCK) on every supported machine). */
const TICKS_PER_SECOND = 100;

/** A process and all below it. A process that ends while it is read is left out. */
export async function processTree(root: number): Promise<ProcessFigures[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readProc(`/proc/${name}/stat`);
    if (stat) parents.set(Number(name), Number(fieldsOf(stat)[1]));
  }
  const isBelow = (pid: number): boolean => {
    for (let at: number | undefined = pid; at; at = parents.get(at)) if (at === root) return true;
    return false;
  };
  const pids = [...parents.keys()].filter(isBelow);
  const figures = await Promise.all(pids.map(figuresOf));
  return figures.filter((one) => one !== undefined);
}

async function figuresOf(pid: number): Promise<ProcessFigures | undefined> {
  const [stat, memory, command] = await Promise.all([
    readProc(`/proc/${pid}/stat`),
    readProc(`/proc/${pid}/smaps_rollup`),
    readProc(`/proc/${pid}/cmdline`),
  ]);
  if (!stat || !memory || command === undefined) return undefined;
  const fields = fieldsOf(stat);
  const ticks = Number(fields[11]) + Number(fields[12]);
  const pss = Number(/^Pss:\s+(\d+) kB/m.exec(memory)?.[1] ?? 0);
  return { pid, kind: kindOf(command), pssMb: pss / 1024, cpuSeconds: ticks / TICKS_PER_SECOND };
}

/** The fields after the command's name, which may itself hold spaces (proc(5)). */
function fieldsOf(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function kindOf(command: string): ProcessKind {
  const type = /--type=([a-z-]+)/.exec(command)?.[1];
  switch (type) {
    case undefined:
      return 'main';
    case 'renderer':
    case 'utility':
    case 'zygote':
      return type;
    case 'gpu-process':
      return 'gpu';
    default:
      return 'other';
  }
}

async function readProc(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return undefined;
    throw error;
  }
}

/** Memory by what the processes are, MB of PSS. */
export interface Memory {
  readonly main: number;
  readonly renderers: readonly number[];
  readonly all: number;
}

/** What a program's processes hold now. */
export async function memoryOf(root: number): Promise<Memory> {
  const processes = await processTree(root);
  const sizes = (kind: ProcessKind) => processes.filter((one) => one.kind === kind).map(({ pssMb }) => pssMb);
  return {
    main: sizes('main')[0] ?? 0,
    renderers: sizes('renderer'),
    all: processes.reduce((sum, { pssMb }) => sum + pssMb, 0),
  };
}

/** Seconds of processor time that all processes of a program spend while something goes on. */
export async function cpuBetween(root: number, during: () => Promise<unknown>): Promise<number> {
  const before = new Map((await processTree(root)).map(({ pid, cpuSeconds }) => [pid, cpuSeconds]));
  await during();
  const after = await processTree(root);
  return after.reduce((sum, { pid, cpuSeconds }) => sum + cpuSeconds - (before.get(pid) ?? 0), 0);
}

const QUIET_MS = 2000;
/** Processor time in that while below which a program is at rest. */
const QUIET_CPU_S = 0.06;
const QUIET_WITHIN_MS = 120_000;

/** Waits until a program does nothing any more: what it began is done. Throws when it never rests. */
export async function quiet(root: number): Promise<void> {
  const deadline = performance.now() + QUIET_WITHIN_MS;
  while ((await cpuBetween(root, () => sleep(QUIET_MS))) > QUIET_CPU_S) {
    if (performance.now() > deadline) throw new Error(`the program is busy for ${QUIET_WITHIN_MS / 1000} s`);
  }
}
