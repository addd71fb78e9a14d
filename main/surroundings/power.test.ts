import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { powerNow } from './power.ts';

describe('on Linux', () => {
  let supplies: string;
  beforeEach(async () => {
    supplies = await mkdtemp(join(tmpdir(), 'supplies-'));
  });
  afterEach(() => rm(supplies, { recursive: true }));

  const supply = async (name: string, words: Readonly<Record<string, string>>): Promise<void> => {
    await mkdir(join(supplies, name));
    for (const [file, word] of Object.entries(words))
      await writeFile(join(supplies, name, file), `${word}\n`);
  };
  const power = () =>
    powerNow({ platform: 'linux', isOnBattery: () => false, ask: () => Promise.resolve(null), supplies });

  test('a desktop has no battery', async () => {
    expect(await power()).toEqual({ kind: 'mains' });
    await rm(supplies, { recursive: true });
    expect(await power()).toEqual({ kind: 'mains' });
    await mkdir(supplies);
  });

  test('a laptop that discharges is on battery, and tells how much is left', async () => {
    await supply('AC', { type: 'Mains', online: '0' });
    await supply('BAT0', { type: 'Battery', status: 'Discharging', capacity: '17' });
    expect(await power()).toEqual({ kind: 'battery', level: 0.17 });
  });

  test('one that is plugged in is not, charging or not', async () => {
    await supply('AC', { type: 'Mains', online: '1' });
    await supply('BAT0', { type: 'Battery', status: 'Discharging', capacity: '99' });
    expect(await power()).toEqual({ kind: 'mains' });
  });

  test('a battery that tells no level is a battery', async () => {
    await supply('BAT0', { type: 'Battery', status: 'Discharging' });
    expect(await power()).toEqual({ kind: 'battery' });
  });

  test('the battery of a mouse is none', async () => {
    await supply('hidpp', { type: 'Battery', scope: 'Device', status: 'Discharging', capacity: '5' });
    expect(await power()).toEqual({ kind: 'mains' });
  });
});

describe.each([
  ['win32', '42\r\n', 0.42],
  ['win32', '', undefined],
  ['win32', null, undefined],
  [
    'darwin',
    "Now drawing from 'Battery Power'\n -InternalBattery-0 (id=4653155)\t85%; discharging; 5:41\n",
    0.85,
  ],
  ['darwin', "Now drawing from 'AC Power'\n", undefined],
] as const)('on %s, asked for the level and told %j', (platform, said, level) => {
  const ask = () => Promise.resolve(said);

  test('a computer on battery', async () => {
    const expected = level === undefined ? { kind: 'battery' } : { kind: 'battery', level };
    expect(await powerNow({ platform, isOnBattery: () => true, ask })).toEqual(expected);
  });

  test('a computer on mains', async () => {
    expect(await powerNow({ platform, isOnBattery: () => false, ask })).toEqual({ kind: 'mains' });
  });
});
