import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describeElectron } from '../electron/choose.ts';
import { STOPPED } from '../setup/plan.ts';
import { useUntilStopped } from '../setup/stop.ts';
import type { Agent } from './agent.ts';
import { arrives, eventsAtServer, makeFile, seeEachOther } from './main-job.ts';
import { runTour, type TourStep } from './report.ts';
import { makeWorld, type World } from './world.ts';

const ROOT = join(import.meta.dirname, '../..');
const PICTURES = join(ROOT, 'out/tour');
const SALON = 'Coupe du monde de rugby';
const FILE_BYTES = 3_200_000;
const MESSAGE = 'Le cortège part à 14 h de la place Antonin-Poncet.';

/** `npm run demo -- --tour`: the main job, by itself, on clean servers and a display in memory. */
export async function runTheTour(stop: AbortSignal): Promise<number> {
  const dataDir = join(ROOT, '.local/tour');
  const progress = (line: string) => console.log(`${line} ...`);
  const starting = makeWorld({ dataDir, reset: true, progress });
  const end = (world: World) => world.end();
  const code = await useUntilStopped({ starting, end, stop }, async (world) => {
    await rm(PICTURES, { recursive: true, force: true });
    await mkdir(PICTURES, { recursive: true });
    console.log(`The program runs in ${describeElectron(world.electron)}.`);
    const tour = new Tour(world, dataDir);
    const { passed, failed } = await runTour(tour.steps(), console.log, (index) => tour.afterStep(index));
    console.log(`Pictures of each step: ${PICTURES}`);
    console.log(`${passed} passed, ${failed} failed`);
    return failed > 0 ? 1 : 0;
  });
  return code ?? STOPPED;
}

/** The main job of two agents, step by step. */
class Tour {
  readonly #world: World;
  readonly #dataDir: string;
  #nadia: Agent | undefined;
  #karim: Agent | undefined;

  constructor(world: World, dataDir: string) {
    this.#world = world;
    this.#dataDir = dataDir;
  }

  steps(): TourStep[] {
    return [
      { name: 'Nadia signs in', vital: true, run: () => this.#signIn('nadia') },
      { name: 'Karim signs in', vital: true, run: () => this.#signIn('karim') },
      { name: 'both see their three salons', run: () => this.#seeSalons() },
      { name: 'both agree to a place for their folders', run: () => this.#keepFolders() },
      { name: 'Nadia writes, Karim reads, encrypted end to end', run: () => this.#write() },
      { name: 'Nadia drops a file, it is byte for byte in Karim’s folder', run: () => this.#drop() },
      { name: 'Nadia presses the telephone, Karim’s window rings', run: () => this.#ring() },
      { name: 'Karim joins, both see each other’s picture', run: () => this.#join() },
      { name: 'both leave the call', run: () => this.#leave() },
      { name: 'Karim restarts without servers and sees his salons', run: () => this.#restartOffline() },
    ];
  }

  /** A picture of every window that is open, and what went wrong inside the programs meanwhile. */
  async afterStep(index: number): Promise<void> {
    for (const { program, person } of this.#world.agents)
      for (const problem of program.problems.splice(0))
        console.log(`       ${person.name}: ${problem.slice(0, 600)}`);
    await this.#takePictures(index);
  }

  async #takePictures(index: number): Promise<void> {
    for (const agent of this.#world.agents) {
      const pages = agent.program.app.windows().filter((page) => !page.isClosed());
      for (const [place, page] of pages.entries()) {
        const name = `${index + 1}-${agent.person.name.split('.')[0]}${place > 0 ? `-${place + 1}` : ''}.png`;
        await page.screenshot({ path: join(PICTURES, name), timeout: 10_000 }).catch((error: Error) => {
          console.log(`       no picture ${name}: ${error.message.split('\n')[0]}`);
        });
      }
    }
  }

  async #signIn(key: 'nadia' | 'karim'): Promise<string> {
    const agent = await this.#world.open(key);
    if (key === 'nadia') this.#nadia = agent;
    else this.#karim = agent;
    await agent.signIn({ pictures: PICTURES });
    return `password, files granted in the browser, recovery code kept`;
  }

  #both(): [Agent, Agent] {
    if (!this.#nadia || !this.#karim) throw new Error('not signed in');
    return [this.#nadia, this.#karim];
  }

  async #seeSalons(): Promise<string> {
    const lists = await Promise.all(this.#both().map((agent) => agent.salons()));
    for (const names of lists)
      if (names.length !== 3) throw new Error(`the list shows ${names.join(', ') || 'nothing'}`);
    return lists[0]?.join(', ') ?? '';
  }

  async #keepFolders(): Promise<string> {
    await Promise.all(this.#both().map((agent) => agent.keepFolderHere(SALON)));
    return `${(await readdir(join(this.#both()[1].folder, 'Salons', SALON))).length} items of the salon are in Karim’s`;
  }

  async #write(): Promise<string> {
    const [nadia, karim] = this.#both();
    await nadia.write(SALON, MESSAGE);
    await karim.reads(MESSAGE);
    const [last] = await eventsAtServer(this.#world.stack, 'karim', SALON);
    if (last?.type !== 'm.room.encrypted') throw new Error(`the server keeps it as ${last?.type}`);
    return 'the server holds ciphertext only';
  }

  async #drop(): Promise<string> {
    const [nadia, karim] = this.#both();
    const file = await makeFile(this.#dataDir, 'Plan des accès v8.pdf', FILE_BYTES);
    await nadia.dropOnConversation(file);
    const size = await arrives(karim, SALON, file);
    await karim.reads(basename(file));
    return `${size} bytes, equal`;
  }

  async #ring(): Promise<void> {
    const [nadia, karim] = this.#both();
    await nadia.call();
    await karim.hearsRinging();
  }

  async #join(): Promise<string> {
    const [, karim] = this.#both();
    await karim.acceptCall();
    return seeEachOther(this.#world.stack);
  }

  async #leave(): Promise<void> {
    for (const agent of this.#both()) await agent.leaveCall();
  }

  async #restartOffline(): Promise<string> {
    const [, karim] = this.#both();
    await this.#world.close(karim);
    await this.#world.stopServers();
    const started = performance.now();
    this.#karim = await this.#world.open('karim');
    const names = await this.#karim.salons();
    if (!names.includes(SALON)) throw new Error(`the list shows ${names.join(', ') || 'nothing'}`);
    return `${names.length} salons ${((performance.now() - started) / 1000).toFixed(1)} s after the start`;
  }
}
