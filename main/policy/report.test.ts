import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadBrand } from '../brand/load.ts';
import { PolicyInForce } from './in-force.ts';
import { policyReport } from './report.ts';
import { SETTING_IDS } from './schema/table.ts';

const { brand } = loadBrand(join(import.meta.dirname, '../../assets/brands/traboule'));
const place = '/etc/traboule/policy.json';
const complaints = [{ key: 'unheard', problem: 'unknown' as const, place }];

describe('the report of a policy', () => {
  const proxyPac = 'https://ana:hunter2@proxy.example/pac?token=syt_abc';
  const readings = {
    machine: { closeToTray: false, proxyPac },
    user: { language: 'en' as const },
    places: { machine: new Map([['closeToTray' as const, place]]), user: new Map() },
    complaints,
  };
  const report = policyReport(new PolicyInForce(readings, brand, { value: { theme: 'dark' } }));
  const told = (key: string) => report.settings.find((setting) => setting.key === key);

  it('has every setting, its value and where that came from', () => {
    expect(report.settings.map(({ key }) => key)).toEqual(SETTING_IDS);
    expect(told('closeToTray')).toEqual({ key: 'closeToTray', value: false, origin: 'machine', place });
    expect(told('language')).toEqual({ key: 'language', value: 'en', origin: 'user', place: null });
    expect(told('theme')).toMatchObject({ value: 'dark', origin: 'person' });
    expect(told('conferenceDomains')).toMatchObject({ origin: 'brand' });
    expect(told('pauseOnMetered')).toMatchObject({ value: true, origin: 'usual' });
    expect(report.complaints).toEqual(complaints);
  });

  it('tells no secret that somebody wrote into an address', () => {
    expect(told('proxyPac')?.value).toBe('https://proxy.example/pac?***');
    expect(JSON.stringify(report)).not.toMatch(/hunter2|syt_/);
  });
});
