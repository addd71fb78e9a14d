import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { PairConfig } from '../../main/sync/api.ts';
import { Chance } from '../simulate/chance.ts';
import { Ledger } from '../simulate/ledger.ts';
import { expectAtRest } from './at-rest.ts';
import { Colleague, WebColleague } from './people.ts';
import { Rig, writeAged } from './rig.ts';
import { isConflictCopy, serverTrash, whereaboutsOf } from './whereabouts.ts';

const program = new URL('killed-program.ts', import.meta.url).pathname;
/** People do away with much in the course of this: nobody is there to be asked. */
const unguarded = { files: 1e6, share: 1, shareFrom: 1e6, emptiedFrom: 1e6 };
/** Real processes that are killed, one after the other. `KILLS=200 FILES=2000` is the long proof. */
const kills = Number(process.env['KILLS'] ?? 6);
const files = Number(process.env['FILES'] ?? 120);
/** ms; a run of one of them takes seconds. */
const limit = 60_000 + kills * 30_000;
/** Of what people do; when what happens, chance alone decides. */
const seed = Number(process.env['SEED'] ?? 1);

/** Of the computers. */
const names = ['desk', 'laptop'];

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close(), 60_000);

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

interface Interruption {
  /** ms of real work after which it is killed. */
  readonly after: number;
  /** What goes on meanwhile, again and again. */
  readonly meanwhile: () => Promise<void>;
}

/** Runs the engine to its end, or to the moment when it is killed -9. */
async function runProgram(folder: string, interruption?: Interruption): Promise<Ended> {
  const config: PairConfig = {
    id: 'killed',
    remote: { url: rig.server.url, user: 'ana', password: rig.password('ana'), rootPath: '/' },
    localDir: folder,
    journalPath: `${folder}.db`,
    options: { guard: unguarded },
  };
  const child = spawn(process.execPath, ['--no-warnings', program, JSON.stringify(config)], {
    env: {
      ...process.env,
      XDG_DATA_HOME: `${folder}-data`,
      // What one process made of the sources need not be made by each.
      NODE_COMPILE_CACHE: join(rig.base, 'compiled'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let timer: NodeJS.Timeout | undefined;
  const ended = new AbortController();
  const closed = new Promise<number | null>((resume) => child.on('close', resume)).finally(() =>
    ended.abort(),
  );
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const disturbed = new Promise<void>((resume, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output === '' && interruption !== undefined) {
        timer = setTimeout(() => child.kill('SIGKILL'), interruption.after);
        goOn(interruption.meanwhile, ended.signal).then(resume, reject);
      }
      output += text;
    });
    ended.signal.addEventListener('abort', () => {
      if (interruption === undefined || timer === undefined) resume();
    });
  });
  const code = await closed;
  clearTimeout(timer);
  await disturbed;
  return { code, output };
}

/** Does something now and then, as long as the program runs. */
async function goOn(act: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await act();
    await sleep(Math.random() * 600);
  }
}

/**
 * Random moments within the time that a run takes here, which no one knows beforehand: sooner after a run that ended
 * first, later after a kill. Chance is what this test is about.
 */
class RandomMoments {
  #longestMs = 400;

  next(): number {
    return Math.random() * this.#longestMs;
  }

  learn(wasKilled: boolean): void {
    this.#longestMs = Math.min(20_000, this.#longestMs * (wasKilled ? 1.3 : 0.6));
  }
}

/** Two computers of which the program is killed, and three people who work on. */
class Office {
  readonly folders: readonly string[];
  readonly ledger = new Ledger();
  readonly #people: readonly Colleague[];
  readonly #web: WebColleague;

  constructor() {
    const chance = new Chance(seed);
    this.folders = names.map((name) => join(rig.base, name));
    this.#people = this.folders.map(
      (folder, index) =>
        new Colleague(folder, `${folder}-attic`, this.ledger, chance, { mark: index === 0 ? 'd' : 'l' }),
    );
    this.#web = new WebColleague(rig.ana, this.ledger, chance);
  }

  fill(): void {
    const [desk = ''] = this.folders;
    for (let file = 0; file < files; file += 1)
      writeAged(join(desk, `first/${file % 40}/${file}.txt`), this.ledger.create(file * 10), 60);
    writeAged(join(desk, 'first/large.bin'), this.ledger.create(9_000_000), 60);
  }

  async edit(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      for (const colleague of this.#people) colleague.act();
      await this.#web.act();
    }
  }
}

/**
 * The checksums of what was on its way to the server when the program was killed: it may have arrived without an answer
 * that was heard, and somebody may have saved over it since. Who finds another version there then keeps both, since
 * nobody can tell.
 */
function onTheirWay(folder: string): string[] {
  if (!existsSync(`${folder}.db`)) return [];
  // A copy: what was cut short in it is made whole by whoever opens it, and that is to be the next engine.
  const copy = mkdtempSync(`${folder}-journal-`);
  for (const suffix of ['', '-wal', '-journal'])
    if (existsSync(`${folder}.db${suffix}`))
      copyFileSync(`${folder}.db${suffix}`, join(copy, `copy.db${suffix}`));
  const journal = new DatabaseSync(join(copy, 'copy.db'));
  try {
    const tables = journal.prepare("SELECT name FROM sqlite_master WHERE name = 'pending'").all();
    if (tables.length === 0) return [];
    const rows = journal.prepare("SELECT checksum FROM pending WHERE local_path = ''").all();
    return rows.map((row) => z.string().parse(row['checksum']));
  } finally {
    journal.close();
    rmSync(copy, { recursive: true });
  }
}

test('kill -9 at random moments loses nothing, and the next runs bring both sides together', {
  timeout: limit,
}, async () => {
  const office = new Office();
  const { folders, ledger } = office;
  office.fill();
  const moments = new RandomMoments();
  const interrupted = (): Interruption => ({ after: moments.next(), meanwhile: () => office.edit(1) });
  const doubtful = new Set<string>();
  let killed = 0;
  for (let round = 0; killed < kills && round < 5 * kills; round += 1) {
    await office.edit(2);
    for (const folder of folders) {
      const { code } = await runProgram(folder, interrupted());
      moments.learn(code === null);
      if (code !== null) continue;
      killed += 1;
      for (const checksum of onTheirWay(folder)) doubtful.add(checksum);
    }
  }
  for (const folder of [...folders, ...folders, ...folders]) {
    const { code, output } = await runProgram(folder);
    const last = output.split('\n').slice(-4);
    expect({ code, last }).toMatchObject({ code: 0 });
  }
  for (const name of names) await expectAtRest(rig, rig.computer(name));
  const tree = await rig.ana.tree();
  const trashes = [...folders.map((folder) => `${folder}-data`), serverTrash(rig.base, 'ana')];
  const { lost, inTrash, needless } = whereaboutsOf(ledger, tree, trashes, doubtful);
  const copies = Object.keys(tree).filter(isConflictCopy).length;
  console.log(
    `${killed} kills, ${Object.keys(tree).length} entries, ${ledger.owed().size} contents owed, ${lost.length} lost,` +
      ` ${inTrash.length} in a trash only, ${copies} conflict copies, ${needless.length} of them needless`,
  );
  expect({ lost, needless }).toEqual({ lost: [], needless: [] });
  expect(killed).toBeGreaterThanOrEqual(kills);
});
