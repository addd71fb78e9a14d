import { describe, expect, it } from 'vitest';
import { type Machine, policySources } from './places.ts';

const brand = { id: 'lyon-ensemble', applicationId: 'fr.traboule.ensemble' };
const of = (platform: Machine['platform'], commonFiles?: string) =>
  policySources({ platform, brand, userName: () => 'ana', commonFiles }).map(({ scope, place }) => [
    scope,
    place,
  ]);

describe('policy is read from places that only administrators write', () => {
  it('on Linux from one file', () => {
    expect(of('linux')).toEqual([['machine', '/etc/lyon-ensemble/policy.json']]);
  });

  it('on Windows from the registry before a file', () => {
    expect(of('win32', String.raw`D:\Programs\Common Files`)).toEqual([
      ['machine', String.raw`HKLM\Software\Policies\Traboule\lyon-ensemble`],
      ['machine', String.raw`D:\Programs\Common Files\lyon-ensemble\policy.json`],
      ['user', String.raw`HKCU\Software\Policies\Traboule\lyon-ensemble`],
    ]);
    expect(of('win32')[1]).toEqual([
      'machine',
      String.raw`C:\Program Files\Common Files\lyon-ensemble\policy.json`,
    ]);
  });

  it('on macOS from managed preferences before a file', () => {
    expect(of('darwin')).toEqual([
      ['machine', '/Library/Managed Preferences/fr.traboule.ensemble.plist'],
      ['machine', '/Library/Application Support/lyon-ensemble/policy.json'],
      ['user', '/Library/Managed Preferences/ana/fr.traboule.ensemble.plist'],
    ]);
  });
});
