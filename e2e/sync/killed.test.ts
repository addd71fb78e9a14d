import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Rig, treeOf, writeAged } from './rig.ts';

const program = new URL('../../main/sync/cli/main.ts', import.meta.url).pathname;
/** Real processes that are killed, one after the other; `KILLS=200` for a longer proof. */
const kills = Number(process.env['KILLS'] ?? 6);

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the command line; with a time, kills it -9 after so many ms of real work. */
async function runProgram(folder: string, killAfter?: number): Promise<Ended> {
  const args = [
    '--url',
    rig.server.url,
    '--user',
    'ana',
    '--password-env',
    'SYNC_PASSWORD',
    '--local',
    folder,
  ];
  const child = spawn(
    process.execPath,
    ['--no-warnings', program, ...args, '--journal', `${folder}.db`, '--json'],
    {
      env: { ...process.env, SYNC_PASSWORD: rig.password('ana'), XDG_DATA_HOME: `${folder}-data` },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  let timer: NodeJS.Timeout | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output === '' && killAfter !== undefined) timer = setTimeout(() => child.kill('SIGKILL'), killAfter);
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resume) => child.on('close', resume));
  clearTimeout(timer);
  return { code, output };
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
    this.#longestMs *= wasKilled ? 1.3 : 0.6;
  }
}

test('kill -9 at random moments loses nothing, and the next runs bring both sides together', async () => {
  const desk = `${rig.base}/desk`;
  const laptop = `${rig.base}/laptop`;
  const written = new Map<string, string>();
  const write = (folder: string, path: string, content: string): void => {
    written.set(path, content);
    writeAged(`${folder}/${path}`, content, 60);
  };
  for (let file = 0; file < 120; file += 1)
    write(desk, `first/${file % 12}/${file}.txt`, `first ${file} `.repeat(file));
  write(desk, 'first/large.bin', 'large '.repeat(1_500_000));
  const moments = new RandomMoments();
  let killed = 0;
  for (let round = 0; killed < kills && round < 5 * kills; round += 1) {
    write(desk, `desk/${round}.txt`, `desk ${round}`);
    write(laptop, `laptop/${round}.txt`, `laptop ${round}`);
    if (round % 3 === 2) {
      rmSync(`${desk}/desk/${round - 1}.txt`);
      written.delete(`desk/${round - 1}.txt`);
    }
    for (const folder of [desk, laptop]) {
      const { code } = await runProgram(folder, moments.next());
      moments.learn(code === null);
      if (code === null) killed += 1;
    }
  }
  for (const folder of [desk, laptop, desk, laptop]) {
    expect(await runProgram(folder)).toMatchObject({ code: 0 });
  }
  const tree = treeOf(desk);
  expect(treeOf(laptop)).toEqual(tree);
  expect(await rig.ana.tree()).toEqual(tree);
  expect(tree).toMatchObject(Object.fromEntries(written));
  expect(Object.keys(tree).filter((path) => path.includes('copie en conflit'))).toEqual([]);
  expect(killed).toBeGreaterThanOrEqual(kills);
}, 400_000);
