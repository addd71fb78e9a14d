import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type ChosenElectron, chooseElectron } from '../electron/choose.ts';
import { type Display, openDisplay } from '../electron/display.ts';
import { openProgram } from '../electron/open-program.ts';
import { type Held, tryLock } from '../setup/lock.ts';
import { Refusal } from '../setup/refusal.ts';
import { type Stack, startStack } from '../stack/index.ts';
import { PEOPLE, type PersonKey } from '../stack/people.ts';
import { Agent } from './agent.ts';
import { catchLinks } from './links.ts';

/** What a person would wait for something to answer before giving up. */
const ACT_WITHIN_MS = 15_000;
const ROOT = join(import.meta.dirname, '../..');

/** How a world is made. */
export interface WorldOptions {
  /** Where servers and profiles keep what they know. */
  dataDir: string;
  /** Begins with clean servers and new profiles. */
  reset: boolean;
  /** People may sign in to the chat in their browser too. */
  openId?: boolean;
  /** Draws on the person's display if there is one; else always in memory. */
  onScreen?: boolean;
  progress?: (line: string) => void;
}

/** What an agent's program is opened with, beyond the usual. */
export interface AgentOptions {
  /** A second device of the same person has a profile of its own. */
  profile?: string;
  env?: Record<string, string>;
  args?: readonly string[];
  /** Leaves the window at the size that the program gave it. */
  asItOpens?: boolean;
}

/** What a world is made of. */
interface WorldParts {
  electron: ChosenElectron;
  display: Display;
  dataDir: string;
  lock: Held;
  stack: Stack;
  /** Starts the same servers again. */
  start: () => Promise<Stack>;
}

/** Servers, a display and an Electron: all that two agents need. */
export class World {
  readonly electron: ChosenElectron;
  readonly display: Display;
  readonly #dataDir: string;
  readonly #agents = new Set<Agent>();
  readonly #lock: Held;
  readonly #start: () => Promise<Stack>;
  #stack: Stack;

  constructor({ electron, display, dataDir, lock, stack, start }: WorldParts) {
    this.electron = electron;
    this.display = display;
    this.#dataDir = dataDir;
    this.#lock = lock;
    this.#stack = stack;
    this.#start = start;
  }

  /** The servers as they run now. */
  get stack(): Stack {
    return this.#stack;
  }

  /** Starts someone's program with the profile it had before, or a new one. */
  async open(key: PersonKey, options: AgentOptions = {}): Promise<Agent> {
    const profile = join(this.#dataDir, 'profiles', options.profile ?? key);
    await mkdir(profile, { recursive: true });
    const links = await catchLinks(profile);
    const program = await openProgram({
      electron: this.electron,
      program: ROOT,
      display: this.display.name,
      profile,
      env: { ...this.#environment(), ...links.env, ...options.env },
      args: [...this.#switches(), ...(options.args ?? [])],
    });
    const browser = { electron: this.electron, display: this.display.name, folder: join(profile, 'browser') };
    const agent = new Agent({ person: PEOPLE[key], program, links, profile, browser });
    this.#agents.add(agent);
    program.page.setDefaultTimeout(ACT_WITHIN_MS);
    if (!options.asItOpens)
      await program.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768),
      );
    return agent;
  }

  /** The programs that are open. */
  get agents(): readonly Agent[] {
    return [...this.#agents];
  }

  /** Forgets a program that was closed. */
  async close(agent: Agent): Promise<void> {
    this.#agents.delete(agent);
    await agent.close();
  }

  /** Stops all servers; programs stay open. */
  async stopServers(): Promise<void> {
    await this.#stack.stop();
  }

  /** Starts the servers again where they were. */
  async startServers(): Promise<void> {
    this.#stack = await this.#start();
  }

  /** Closes all programs, servers and the display. */
  async end(): Promise<void> {
    const closed = await Promise.allSettled(this.agents.map((agent) => this.close(agent)));
    await this.#stack.stop();
    this.display.close();
    this.#lock.release();
    for (const result of closed) if (result.status === 'rejected') throw result.reason;
  }

  /** Whether every program that was opened still runs. */
  allOpen(): boolean {
    return this.agents.every(({ program }) => isRunning(program.main));
  }

  /** Resolves when all programs that were open have ended. */
  async allClosed(): Promise<void> {
    const running = this.agents.map(({ program }) => program.main).filter(isRunning);
    await Promise.all(running.map((main) => once(main, 'exit')));
  }

  #environment(): Record<string, string> {
    const { brand, caPath } = this.#stack;
    // French through LANGUAGE: a locale that is not installed would leave Chromium unable to name files with accents.
    return { TRABOULE_BRAND: brand, NODE_EXTRA_CA_CERTS: caPath, LANGUAGE: 'fr_FR', LC_ALL: 'C.UTF-8' };
  }

  #switches(): string[] {
    return [
      '--lang=fr',
      `--ignore-certificate-errors-spki-list=${this.#stack.spki}`,
      '--use-fake-device-for-media-stream',
      '--allow-loopback-in-peer-connection',
    ];
  }
}

/**
 * Makes a world: display, Electron and servers. What was started is stopped when a part fails. Throws a Refusal
 * when another world lives in that folder: before anything of it is touched.
 */
export async function makeWorld(options: WorldOptions): Promise<World> {
  const { dataDir, progress = () => undefined } = options;
  const lock = await tryLock(`world ${resolve(dataDir)}`);
  if (!lock) throw new Refusal('The same runs already, in another terminal: end that one first.');
  const undo: (() => void)[] = [() => lock.release()];
  try {
    if (options.reset) await rm(dataDir, { recursive: true, force: true });
    const electron = await chooseElectron({ progress });
    const display = await openDisplay(!options.onScreen);
    undo.unshift(() => display.close());
    const { openId = false } = options;
    const start = () => startStack({ dataDir: join(dataDir, 'stack'), openId, progress });
    return new World({ electron, display, dataDir, lock, stack: await start(), start });
  } catch (error) {
    for (const step of undo) step();
    throw error;
  }
}

function isRunning(main: ChildProcess): boolean {
  return main.exitCode === null && main.signalCode === null;
}
