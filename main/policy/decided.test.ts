import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DecidedSetting } from '../../preload/contract/settings.ts';
import { loadBrand } from '../brand/load.ts';
import { decidedSettings } from './decided.ts';
import { PolicyInForce } from './in-force.ts';
import { SETTING_IDS, usualValues } from './schema/table.ts';

const { brand } = loadBrand(join(import.meta.dirname, '../../assets/brands/lyon-ensemble'));
const place = '/etc/lyon-ensemble/policy.json';
const readings = {
  machine: {
    updateMode: 'off' as const,
    autostart: true,
    allowedServers: ['*.metropole.example', 'chat.example'],
    proxyPac: 'https://proxy.example/pac?token=syt_abc',
    updateWindow: null,
    uploadLimit: { kind: 'share' as const, percent: 40 },
    downloadLimit: { kind: 'fixed' as const, kilobytesPerSecond: 1500 },
  },
  user: { language: 'en' as const },
  places: { machine: new Map([['updateMode' as const, place]]), user: new Map() },
  complaints: [],
};
const policy = new PolicyInForce(readings, brand, { value: { theme: 'dark' } });

describe('what an organisation decided', () => {
  const decided = decidedSettings(policy, 'fr');
  const told = (key: string) => decided.find((each) => each.key === key);

  it('is told in plain words, with who says so and where', () => {
    expect(told('updateMode')).toEqual({
      key: 'updateMode',
      group: 'Mises à jour',
      name: 'Nouvelles versions',
      value: 'Ne rien chercher',
      by: 'machine',
      place,
    });
    expect(told('autostart')?.value).toBe('Oui');
    expect(told('allowedServers')?.value).toBe('*.metropole.example, chat.example');
    expect(told('updateWindow')?.value).toBe('Rien');
    expect(told('uploadLimit')?.value).toBe('40\u202f% de la ligne');
    expect(told('downloadLimit')?.value).toBe('1500 Ko par seconde');
    expect(told('language')).toMatchObject({ value: 'Anglais', by: 'user' });
    expect(decidedSettings(policy, 'en').find(({ key }) => key === 'updateMode')?.value).toBe('Never look');
  });

  it('has what the brand fixes otherwise than usual, and nothing that a person may choose', () => {
    expect(told('callLobby')).toMatchObject({ value: 'Oui', by: 'brand', place: null });
    for (const key of ['theme', 'conferenceDomains', 'fileUserName', 'closeToTray'])
      expect(told(key)).toBeUndefined();
  });

  it('tells no secret', () => {
    expect(told('proxyPac')?.value).toBe('https://proxy.example/pac?***');
  });

  it('has words for every setting that there is', () => {
    const all = { ...readings, machine: usualValues(), places: { machine: new Map(), user: new Map() } };
    for (const language of ['fr', 'en'] as const) {
      const every = decidedSettings(new PolicyInForce(all, brand, { value: {} }), language);
      expect(every.map(({ key }) => key)).toEqual(SETTING_IDS);
      for (const each of every) {
        expect(DecidedSetting.parse(each).value).not.toMatch(/^$|\[object|undefined|\{"/);
      }
    }
  });
});
