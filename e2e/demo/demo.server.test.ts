import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Display, openDisplay } from '../electron/display.ts';
import { runDemo } from './demo.ts';

let dataDir: string;
let display: Display;
const ownDisplay = process.env['DISPLAY'];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'traboule-demo-'));
  display = await openDisplay(true);
  process.env['DISPLAY'] = display.name;
});

afterAll(async () => {
  if (ownDisplay === undefined) delete process.env['DISPLAY'];
  else process.env['DISPLAY'] = ownDisplay;
  display.close();
  await rm(dataDir, { recursive: true, maxRetries: 5 });
});

/** Starts the demo, stops it once both windows are open, and gives what a person read. */
async function demo(reset: boolean): Promise<{ code: number; said: string }> {
  const stop = new AbortController();
  const said: string[] = [];
  const print = (text: string) => {
    said.push(text);
    if (text.includes('Both windows are open')) stop.abort();
  };
  const code = await runDemo({ dataDir, reset, print }, stop.signal);
  return { code, said: said.join('\n') };
}

test('two agents stand side by side, Ctrl-C ends it, and the next start finds them signed in', async () => {
  const first = await demo(true);
  expect(first).toEqual({ code: 0, said: expect.stringContaining('Both windows are open') });
  expect(first.said.endsWith('stops everything.')).toBe(true);
  const again = await demo(false);
  expect(again).toEqual({ code: 0, said: expect.stringContaining('Both windows are open') });
  expect(first.said).toContain('making people, salons and their past');
  expect(again.said).not.toContain('making people, salons and their past');
}, 240_000);
