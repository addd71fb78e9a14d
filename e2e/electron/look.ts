// Starts the built program, waits for what you name, and takes a picture. See `node e2e/electron/look.ts --help`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { chooseElectron, describeElectron } from './choose.ts';
import { openDisplay } from './display.ts';
import { type OpenProgram, openProgram } from './open-program.ts';

const HELP = `node e2e/electron/look.ts [options] [-- arguments for the program]
  --program DIR          the built program (default: this folder)
  --size 1366x768        of the window's content
  --theme light|dark     what the system prefers
  --do ACTION            any number, in order: click=SELECTOR, fill=SELECTOR=TEXT, press=KEY, wait=SELECTOR, shot=FILE
  --wait-for SELECTOR    before the picture (css, or text=...)
  --shot FILE.png        where the picture goes
  --env NAME=value       any number
  --profile DIR          keep the profile there (default: a new one, removed at the end)
  --own-display          draw on your display instead of one in memory
  --keep                 stay open until Ctrl-C`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    program: { type: 'string', default: resolve(import.meta.dirname, '../..') },
    size: { type: 'string', default: '1366x768' },
    theme: { type: 'string', default: 'light' },
    do: { type: 'string', multiple: true, default: [] },
    'wait-for': { type: 'string' },
    shot: { type: 'string' },
    env: { type: 'string', multiple: true, default: [] },
    profile: { type: 'string' },
    timeout: { type: 'string', default: '15000' },
    'own-display': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** Splits `a=b=c` after its first sign: ['a', 'b=c']. */
function halves(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

async function act(page: Page, action: string): Promise<void> {
  const [verb, rest] = halves(action);
  const timeout = Number(values.timeout);
  if (verb === 'click') return page.click(rest, { timeout });
  if (verb === 'press') return page.keyboard.press(rest);
  if (verb === 'wait') return void (await page.waitForSelector(rest, { timeout }));
  if (verb === 'shot') return void (await page.screenshot({ path: rest }));
  if (verb !== 'fill') throw new Error(`unknown action ${action}`);
  const at = rest.lastIndexOf('=');
  return page.fill(rest.slice(0, at), rest.slice(at + 1), { timeout });
}

async function look(program: OpenProgram): Promise<void> {
  const { app, page } = program;
  const [width, height] = values.size.split('x').map(Number);
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    { width: width ?? 1366, height: height ?? 768 },
  );
  await page.emulateMedia({ colorScheme: values.theme === 'dark' ? 'dark' : 'light' });
  for (const action of values.do) await act(page, action);
  if (values['wait-for']) await act(page, `wait=${values['wait-for']}`);
  if (values.shot) await act(page, `shot=${values.shot}`);
}

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const electron = await chooseElectron({ progress: (line) => console.error(line) });
  console.log(describeElectron(electron));
  const display = await openDisplay(!values['own-display']);
  const profile = values.profile ?? (await mkdtemp(join(tmpdir(), 'traboule-look-')));
  const started = performance.now();
  try {
    const env = Object.fromEntries(values.env.map(halves));
    const { program } = values;
    const opened = await openProgram({
      electron,
      program,
      display: display.name,
      profile,
      env,
      args: positionals,
    });
    console.log(`window after ${Math.round(performance.now() - started)} ms: ${opened.page.url()}`);
    try {
      await look(opened);
      if (values.keep) await new Promise((done) => process.once('SIGINT', done));
    } finally {
      for (const problem of opened.problems) console.log(`problem: ${problem}`);
      await opened.close();
    }
    return opened.problems.length > 0 ? 1 : 0;
  } finally {
    display.close();
    if (!values.profile) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

process.exitCode = await main();
