import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { type ChosenElectron, chooseElectron, describeElectron } from '../electron/choose.ts';
import { openDisplay } from '../electron/display.ts';
import { type OpenProgram, openProgram } from '../electron/open-program.ts';
import { writeBrand } from '../stack/brand.ts';
import { type Synapse, startSynapse } from '../stack/synapse/server.ts';
import { BULK_USER, prepareThousandRooms } from '../stack/synapse/thousand-rooms.ts';
import { type Figure, table } from './figures.ts';
import { type LongTasks, longTasks, watchLongTasks } from './interface-thread.ts';
import { processTree } from './processes.ts';

const ROOT = join(import.meta.dirname, '../..');
const DATA = join(ROOT, '.local/bench-start');
const LIST_WITHIN_MS = 120_000;
const SETTLE_MS = 15_000;

/** The figures of all runs, by name. */
class Collected {
  readonly #figures = new Map<string, Figure & { runs: number[] }>();

  add(name: string, unit: Figure['unit'], value: number, aim: number | null = null): void {
    const figure = this.#figures.get(name) ?? { name, unit, aim, runs: [] };
    figure.runs.push(value);
    this.#figures.set(name, figure);
  }

  addLongTasks(when: string, tasks: LongTasks): void {
    this.add(`${when}: longest task of the interface`, 'ms', tasks.longestMs, 50);
    this.add(`${when}: sum of its tasks over 50 ms`, 'ms', tasks.sumMs, 0);
  }

  all(): Figure[] {
    return [...this.#figures.values()];
  }
}

interface Bench {
  electron: ChosenElectron;
  display: string;
  brand: string;
  synapse: Synapse;
  figures: Collected;
}

/**
 * `npm run bench -- start [--runs 3] [--idle 60]`: from spawn to the list on screen with 1,000 rooms, on a new device
 * and at a restart, with the server and without; memory, long tasks, idle processor time, opening a salon.
 */
export async function run(args: string[]): Promise<number> {
  const options = {
    runs: { type: 'string', default: '3' },
    idle: { type: 'string', default: '60' },
  } as const;
  const { values } = parseArgs({ args, options });
  await rm(DATA, { recursive: true, force: true });
  await mkdir(DATA, { recursive: true });
  const dataDir = join(DATA, 'synapse');
  await prepareThousandRooms(dataDir, (line) => console.log(line));
  const electron = await chooseElectron();
  console.log(`${describeElectron(electron)}; ${values.runs} runs; times include Playwright's own start.`);
  const display = await openDisplay(true);
  try {
    const figures = new Collected();
    for (let index = 0; index < Number(values.runs); index += 1) {
      const synapse = await startSynapse({ dataDir });
      try {
        const addresses = { chat: synapse.url, files: 'http://127.0.0.1:9', conference: 'localhost:9' };
        const brand = await writeBrand(join(DATA, 'brand'), addresses);
        if (index === 0) await warm(synapse);
        const bench = { electron, display: display.name, brand, synapse, figures };
        await oneRun(bench, join(DATA, `profile-${index}`), index === 0 ? Number(values.idle) : 0);
      } finally {
        await synapse.stop();
      }
      console.log(`run ${index + 1} done`);
    }
    const text = table(figures.all());
    await writeFile(join(DATA, 'figures.txt'), `${text}\n`);
    console.log(`\n${text}`);
    return 0;
  } finally {
    display.close();
  }
}

/** A new device, a restart with the server, and one without it. */
async function oneRun(bench: Bench, profile: string, idleSeconds: number): Promise<void> {
  const { figures } = bench;
  const first = await open(bench, profile);
  await watchLongTasks(first.page);
  await signIn(first.page, bench.synapse.url);
  const signedIn = performance.now();
  // Past the questions that a person answers meanwhile (files, recovery code).
  await first.page.reload();
  await listOnScreen(first.page);
  figures.add('new device: sign-in to list', 'ms', performance.now() - signedIn, 1500);
  await sleep(SETTLE_MS);
  figures.addLongTasks('new device', await longTasks(first.page));
  await measureMemory(bench, first);
  await measureOpening(bench, first.page);
  if (idleSeconds > 0) await measureIdle(bench, first, idleSeconds);
  await first.close();

  await restart(bench, profile, 'restart, server there');
  await bench.synapse.stop();
  await restart(bench, profile, 'restart, server down');
}

function open({ electron, display, brand }: Bench, profile: string): Promise<OpenProgram> {
  const env = { TRABOULE_BRAND: brand, LANGUAGE: 'fr_FR', LANG: 'fr_FR.UTF-8' };
  return openProgram({ electron, program: ROOT, display, profile, env, args: ['--lang=fr'] });
}

async function restart(bench: Bench, profile: string, name: string): Promise<void> {
  const started = performance.now();
  const program = await open(bench, profile);
  await listOnScreen(program.page);
  bench.figures.add(`${name}: spawn to list`, 'ms', performance.now() - started, 1000);
  await program.close();
}

/** Signs in through the contract, as the sign-in page does once the person has typed. */
async function signIn(page: Page, serverUrl: string): Promise<void> {
  const request = { serverUrl, user: BULK_USER.name, password: BULK_USER.password };
  await page.evaluate((payload) => {
    const bridge: { invoke(channel: string, payload: unknown): Promise<unknown> } = Reflect.get(
      window,
      'traboule',
    );
    return bridge.invoke('accounts.signInChat', payload);
  }, request);
}

async function listOnScreen(page: Page): Promise<void> {
  await page.locator('[role=option]').first().waitFor({ timeout: LIST_WITHIN_MS });
}

async function measureMemory({ figures }: Bench, { main }: OpenProgram): Promise<void> {
  const processes = await processTree(main.pid ?? 0);
  const sum = (kind: string) =>
    processes.filter((one) => one.kind === kind).reduce((total, one) => total + one.pssMb, 0);
  const renderers = processes.filter(({ kind }) => kind === 'renderer').map(({ pssMb }) => pssMb);
  figures.add('memory: main', 'MB', sum('main'));
  figures.add('memory: page with its worker', 'MB', Math.max(0, ...renderers));
  figures.add('memory: all renderers', 'MB', sum('renderer'), 220);
  figures.add('memory: sync child', 'MB', sum('utility'));
}

/** A click in the list until the conversation of that salon is there. */
async function measureOpening({ figures }: Bench, page: Page): Promise<void> {
  for (let index = 0; index < 5; index += 1) {
    const row = page.locator('[role=option]').nth(index);
    const name = await row.locator('.salon-row-name .cut').innerText();
    const clicked = performance.now();
    await row.click();
    await page.getByRole('textbox', { name, exact: false }).waitFor();
    await page.locator('[role=feed] .message').first().waitFor();
    figures.add(
      index === 0 ? 'opening a salon, the first' : 'opening a salon',
      'ms',
      performance.now() - clicked,
    );
  }
}

async function measureIdle({ figures }: Bench, { main }: OpenProgram, seconds: number): Promise<void> {
  const total = async () =>
    (await processTree(main.pid ?? 0)).reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  const before = await total();
  await sleep(seconds * 1000);
  figures.add(
    'idle: processor time of all processes in a minute',
    's',
    ((await total()) - before) * (60 / seconds),
  );
}

/** A cold Synapse answers its first sync slowly: one device that is thrown away goes before (see the fixture's README). */
async function warm({ url }: Synapse): Promise<void> {
  const login = await fetch(`${url}/_matrix/client/v3/login`, {
    method: 'POST',
    body: JSON.stringify({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: BULK_USER.name },
      password: BULK_USER.password,
    }),
  });
  const { access_token: token }: { access_token: string } = await login.json();
  const headers = { authorization: `Bearer ${token}` };
  await (await fetch(`${url}/_matrix/client/v3/sync`, { headers })).arrayBuffer();
  await fetch(`${url}/_matrix/client/v3/logout`, { method: 'POST', headers });
}
