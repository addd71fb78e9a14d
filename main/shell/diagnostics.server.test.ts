import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '../../e2e/demo/until.ts';
import { type ChosenElectron, chooseElectron } from '../../e2e/electron/choose.ts';
import { type Display, openDisplay } from '../../e2e/electron/display.ts';
import { type OpenProgram, openProgram } from '../../e2e/electron/open-program.ts';
import { changedBrand } from '../../e2e/stack/brand.ts';
import { Crash, Finding, ReportBundle } from '../../preload/contract/diagnostics.ts';

// The real program with nobody signed in, which is killed, crashes, and finds a folder that is not for it.
const PROGRAM = join(import.meta.dirname, '../..');

let dir: string;
let display: Display;
let electron: ChosenElectron;
let program: OpenProgram;
let env: { readonly TRABOULE_BRAND: string };

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'diagnostics-'));
  env = { TRABOULE_BRAND: await changedBrand(join(dir, 'brand'), 'traboule', {}) };
  display = await openDisplay(true);
  electron = await chooseElectron();
  program = await open();
});
afterAll(async () => {
  await program?.close();
  display?.close();
  await rm(dir, { recursive: true, force: true });
});

function open(): Promise<OpenProgram> {
  return openProgram({
    electron,
    program: PROGRAM,
    display: display.name,
    profile: join(dir, 'nadia'),
    env,
    args: ['--lang=fr'],
  });
}

/** What main answers a page that asks. */
async function ask<T>(channel: string, payload: unknown, answer: z.ZodType<T>): Promise<T> {
  const outcome: unknown = await program.page.evaluate(([name, sent]) => window.traboule.invoke(name, sent), [
    channel,
    payload,
  ] as const);
  return z.object({ ok: z.literal(true), value: answer }).parse(outcome).value;
}

const state = () =>
  ask('diagnostics.state', undefined, z.object({ crashes: z.array(Crash), unseen: z.number() }));
const check = (name: string, devices: number | null = null) =>
  ask('diagnostics.check', { check: name, devices }, Finding);

test('checks what it can with nobody signed in', async () => {
  expect(await check('chat')).toEqual({ code: 'chat-none', facts: {} });
  expect(await check('clock')).toMatchObject({ code: 'clock-unasked' });
  expect((await check('disk')).code).toMatch(/^disk-(fine|low|full|unasked)$/);
  expect(await check('policy')).toMatchObject({ code: 'policy-none' });
  const { facts } = await check('versions');
  expect(facts['system']).toContain('linux');
  const cameras = await program.page.evaluate(async () => {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter(({ kind }) => kind === 'videoinput').length;
  });
  expect(await check('camera', cameras)).toMatchObject({ code: cameras > 0 ? 'camera-fine' : 'camera-none' });
});

test('puts a report together out of the real log, without what a page wrote of secrets', async () => {
  const details = { message: 'GET https://u:hunter22@files.example/x?token=hunter23 failed' };
  await ask('app.log', { level: 'error', event: 'page.test', details }, z.undefined());
  const bundle = await ask('diagnostics.prepare', { withFileNames: true }, ReportBundle);
  expect(bundle.files.map(({ name }) => name)).toContain('logs/main.log');
  const { bundleId } = bundle;
  const { text } = await ask(
    'diagnostics.read',
    { bundleId, name: 'logs/main.log', page: 0 },
    z.object({ text: z.string() }),
  );
  expect(text).toContain('page.page.test');
  expect(text).not.toContain('hunter2');
});

test('notes a page that crashes, and shows it again', async () => {
  expect((await state()).crashes).toEqual([]);
  await program.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  const notes = join(dir, 'nadia/config/traboule/crashes.json');
  await until('the crash is noted', async () => (await readOr(notes)).includes('"page"'));
  await program.kill();
});

test('says at the next start that it was broken off, and nothing after an end as it should be', async () => {
  program = await open();
  const { crashes } = await state();
  expect(crashes.map(({ part }) => part)).toEqual(['page', 'program']);
  await program.page.getByText('s’est arrêté de façon inattendue').waitFor();
  await program.close();
  program = await open();
  expect(await state()).toMatchObject({ unseen: 0 });
  expect((await state()).crashes).toHaveLength(2);
});

test('leaves a folder of a newer version alone and says so', async () => {
  await program.close();
  const stamp = join(dir, 'nadia/config/traboule/profile.json');
  const newer = '{"format":99,"writtenBy":"9.9.9"}';
  await writeFile(stamp, newer);
  const launch = await electron.launch(PROGRAM);
  const started = spawn(launch.executablePath, [...launch.args, '--lang=fr'], {
    env: {
      ...process.env,
      ...env,
      DISPLAY: display.name,
      LANG: 'fr_FR.UTF-8',
      HOME: join(dir, 'nadia/home'),
      XDG_CONFIG_HOME: join(dir, 'nadia/config'),
      XDG_CACHE_HOME: join(dir, 'nadia/cache'),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  started.stderr.on('data', (data) => {
    said += String(data);
  });
  await until('it says why', () => Promise.resolve(said.includes('version plus récente')));
  started.kill('SIGKILL'); // the box waits for a click
  await once(started, 'exit');
  expect(said).toContain('9.9.9');
  expect(await readFile(stamp, 'utf8')).toBe(newer);
});

async function readOr(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}
