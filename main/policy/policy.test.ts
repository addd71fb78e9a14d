import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Log } from '../log/log.ts';
import { silentLog } from '../log/silent.ts';
import { keptInMemory } from '../store/kept.ts';
import { leftOutBy } from './left-out.ts';
import { policyFile, readPolicy } from './policy.ts';
import { type ChosenSettings, createSettings } from './settings.ts';

describe('the machine policy', () => {
  let file: string;
  beforeEach(async () => {
    file = join(await mkdtemp(join(tmpdir(), 'policy-')), 'policy.json');
  });
  afterEach(async () => {
    await rm(file, { force: true });
  });

  it('is empty where there is none', async () => {
    expect(await readPolicy(file, silentLog)).toEqual({});
  });

  it('keeps its right keys when another is wrong, and says which', async () => {
    const error = vi.fn<Log['error']>();
    const settings = { closeToTray: false };
    await writeFile(file, JSON.stringify({ settings, conferenceDomains: 'visio', unheard: 1 }));
    expect(await readPolicy(file, { ...silentLog, error })).toEqual({ settings });
    expect(error.mock.calls.map(([, details]) => details?.['key'])).toEqual(['conferenceDomains', 'unheard']);
  });

  it('says what folders leave out, of which a wrong key lifts no other', async () => {
    await writeFile(file, JSON.stringify({ ignoredNames: ['*.pst'], largestFile: 4e9 }));
    expect(leftOutBy(await readPolicy(file, silentLog))).toEqual({ ignore: ['*.pst'], maxFileSize: 4e9 });
    await writeFile(file, JSON.stringify({ ignoredNames: ['*.pst'], largestFile: -1 }));
    expect(leftOutBy(await readPolicy(file, silentLog))).toEqual({ ignore: ['*.pst'] });
  });

  it('that is no JSON is logged, not fatal', async () => {
    const error = vi.fn<Log['error']>();
    await writeFile(file, 'servers=');
    expect(await readPolicy(file, { ...silentLog, error })).toEqual({});
    expect(error).toHaveBeenCalledOnce();
  });

  it('stands where only administrators write', () => {
    expect(policyFile('linux', 'traboule', undefined)).toBe('/etc/traboule/policy.json');
    expect(policyFile('win32', 'traboule', 'D:\\Data')).toContain('D:\\Data');
  });
});

describe('settings', () => {
  const brand = { defaults: { startMuted: true, theme: 'dark' as const }, locked: ['theme' as const] };

  it('follow policy before brand before person', () => {
    const settings = createSettings(
      { settings: { closeToTray: false } },
      brand,
      keptInMemory<ChosenSettings>({ theme: 'light', startMuted: false, closeToTray: true }),
    );
    expect(settings.view()).toEqual({
      values: expect.objectContaining({ theme: 'dark', startMuted: false, closeToTray: false }),
      locked: [
        { key: 'theme', by: 'brand' },
        { key: 'closeToTray', by: 'policy' },
      ],
    });
  });

  it('refuse to change a locked value and change nothing else with it', async () => {
    const kept = keptInMemory<ChosenSettings>({});
    const settings = createSettings({}, brand, kept);
    await expect(settings.change({ theme: 'light', startMuted: false })).rejects.toMatchObject({
      code: 'forbidden',
      details: { setting: 'theme' },
    });
    expect(kept.value).toEqual({});
  });

  it('are kept and told to who listens', async () => {
    const kept = keptInMemory<ChosenSettings>({});
    const settings = createSettings({}, brand, kept);
    const heard = vi.fn<() => void>();
    const stop = settings.onChange(heard);
    await settings.change({ language: 'en' });
    stop();
    await settings.change({ language: 'fr' });
    expect(heard).toHaveBeenCalledOnce();
    expect(kept.value).toEqual({ language: 'fr' });
  });
});
