import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadBrand } from '../brand/load.ts';
import type { Brand } from '../brand/schema.ts';
import { keptInMemory } from '../store/kept.ts';
import { PolicyInForce } from './in-force.ts';
import type { PolicyReadings } from './readings.ts';
import type { SomeValues } from './schema/table.ts';
import { type ChosenSettings, createSettings } from './settings.ts';

const pack = loadBrand(join(import.meta.dirname, '../../assets/brands/traboule'));
const settings = {
  defaults: { startMuted: true, theme: 'dark' as const },
  locked: ['theme' as const],
  policy: {},
};
const brand: Brand = { ...pack.brand, settings };

function read(machine: SomeValues = {}, user: SomeValues = {}): PolicyReadings {
  return { machine, user, places: { machine: new Map(), user: new Map() }, complaints: [] };
}

function opened(readings: PolicyReadings, first: ChosenSettings = {}) {
  const kept = keptInMemory<ChosenSettings>(first);
  const policy = new PolicyInForce(readings, brand, kept);
  return { kept, policy, settings: createSettings(policy, kept) };
}

describe('settings', () => {
  it('follow policy before brand before person, and say who locked them', () => {
    const chosen = { theme: 'light' as const, startMuted: false, closeToTray: true, doNotDisturbUntil: 7 };
    const { settings } = opened(read({ closeToTray: false }, { language: 'en', closeToTray: true }), chosen);
    const values = {
      theme: 'dark',
      startMuted: false,
      closeToTray: false,
      language: 'en',
      doNotDisturbUntil: 7,
    };
    expect(settings.view()).toEqual({
      values: expect.objectContaining(values),
      locked: [
        { key: 'theme', by: 'brand' },
        { key: 'language', by: 'user' },
        { key: 'closeToTray', by: 'machine' },
      ],
    });
  });

  it('keep the usual value where a brand locks without one', () => {
    const locking = { ...brand, settings: { defaults: {}, locked: ['closeToTray' as const], policy: {} } };
    const policy = new PolicyInForce(read(), locking, { value: { closeToTray: false } });
    expect(policy.values.closeToTray).toBe(true);
    expect(policy.decidedBy('closeToTray')).toBe('brand');
  });

  it('refuse to change a locked value and change nothing else with it', async () => {
    const { settings, kept } = opened(read());
    await expect(settings.change({ theme: 'light', startMuted: false })).rejects.toMatchObject({
      code: 'forbidden',
      details: { setting: 'theme' },
    });
    expect(kept.value).toEqual({});
  });

  it('are kept and told once to who listens', async () => {
    const { settings, kept } = opened(read());
    const heard = vi.fn<() => void>();
    const stop = settings.onChange(heard);
    await settings.change({ language: 'en', doNotDisturbUntil: 5 });
    stop();
    await settings.change({ language: 'fr' });
    expect(heard).toHaveBeenCalledOnce();
    expect(kept.value).toEqual({ language: 'fr', doNotDisturbUntil: 5 });
  });

  it('are told of a lock that comes while the program runs, even where the value stays', () => {
    const { settings, policy } = opened(read(), { startMuted: true });
    const heard = vi.fn<(view: unknown) => void>();
    settings.onChange(heard);
    policy.take(read({ startMuted: true }));
    policy.take(read({ startMuted: true }));
    expect(heard).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ locked: expect.arrayContaining([{ key: 'startMuted', by: 'machine' }]) }),
    );
  });
});
