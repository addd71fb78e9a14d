import type { Log } from '../log/log.ts';
import type { AskSystem } from './ask-system.ts';

/** What this computer tells of its memory. */
export interface MemorySigns {
  readonly platform: NodeJS.Platform;
  /** Bytes that programs could still have, and all that there are. */
  readonly free: () => number;
  readonly total: () => number;
  readonly ask: AskSystem;
}

/** So little is next to nothing: 5 %, and on large computers half a gibibyte. */
const LEAST_SHARE = 0.05;
const LEAST_BYTES = 512 * 1024 * 1024;

/** macOS says by itself how pressed it is: 1 not, 2 it begins to be, 4 programs are about to be stopped. */
const MAC_PRESSURE = { file: '/usr/sbin/sysctl', args: ['-n', 'kern.memorystatus_vm_pressure_level'] };
const CRITICAL = '4';

/**
 * Whether the computer is nearly out of memory. What Node calls free is what programs could have on Linux (`MemAvailable`)
 * and Windows; on macOS it leaves out what the system only keeps for a quick return, so the system itself is asked.
 */
export async function isMemoryShort({ platform, free, total, ask }: MemorySigns): Promise<boolean> {
  if (platform === 'darwin') return (await ask(MAC_PRESSURE))?.trim() === CRITICAL;
  return free() < Math.min(total() * LEAST_SHARE, LEAST_BYTES);
}

/** What follows from little memory. */
export interface MemoryActs {
  readonly isShort: () => Promise<boolean>;
  /** Gives back what can be had again. */
  readonly letGo: () => void;
  /** Tells the person. */
  readonly tell: () => void;
  readonly log: Log;
}

const LOOK_EVERY_MS = 30_000;

/** Looks every half minute: first gives back what it can, and when that was not enough tells the person, once a run. */
export class MemoryWatch {
  readonly #acts: MemoryActs;
  readonly #timer: NodeJS.Timeout;
  /** How many looks in a row found little. */
  #looks = 0;
  #isTold = false;

  constructor(acts: MemoryActs) {
    this.#acts = acts;
    this.#timer = setInterval(() => {
      this.#look().catch((error: unknown) => acts.log.error('memory.not-seen', {}, error));
    }, LOOK_EVERY_MS);
  }

  readonly close = (): void => clearInterval(this.#timer);

  async #look(): Promise<void> {
    const { isShort, letGo, tell, log } = this.#acts;
    this.#looks = (await isShort()) ? this.#looks + 1 : 0;
    if (this.#looks === 1) letGo();
    if (this.#looks !== 2 || this.#isTold) return;
    this.#isTold = true;
    log.warn('memory.short');
    tell();
  }
}
