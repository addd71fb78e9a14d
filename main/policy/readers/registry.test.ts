import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { policySources } from '../places.ts';
import { nativeFrom, readRegExport } from '../testing/reg-export.ts';
import { understand } from '../written.ts';
import { nativeRegistry } from './native-registry.ts';
import { type RegistryKey, registryKey } from './registry.ts';

const exported = readRegExport(readFileSync(join(import.meta.dirname, '../testing/fixtures/policies.reg')));
const windows = { platform: 'win32', userName: () => 'ana', commonFiles: undefined } as const;
const places = (id: string, native = nativeFrom(exported)) =>
  policySources(
    { ...windows, brand: { id, applicationId: 'fr.traboule.desktop' } },
    nativeRegistry(() => Promise.resolve(native)),
  ).filter(({ place }) => place.startsWith('HK'));

describe('policies in the registry, as regedit exports them', () => {
  it('are the machine’s and the account’s, in any case, as dwords, strings and lists', async () => {
    const native = nativeFrom(exported);
    const [machine, user] = places('traboule', native);
    expect(machine).toMatchObject({
      scope: 'machine',
      place: String.raw`HKLM\Software\Policies\Traboule\traboule`,
    });
    expect(await machine?.read()).toEqual({
      status: 'read',
      written: {
        chatServer: 'https://chat.metropole.example',
        closeToTray: false,
        largestFile: 4000,
        pauseOnBattery: 'always',
        uploadLimit: '50%',
        downloadLimit: '2000kB',
        conferenceDomains: ['visio.example', 'v2.example'],
        ignoredNames: ['*.pst', 'node_modules/', 'dixième'],
        startMuted: 7,
        theme: null,
        inconnu: String.raw`é \ "guillemets"`,
      },
    });
    expect(user).toMatchObject({ scope: 'user' });
    const written = { closeToTray: true, language: 'fr', secretsWithoutKeyStore: 'file' };
    expect(await user?.read()).toEqual({ status: 'read', written });
    expect(native.open.size).toBe(0);
  });

  it('of a wrong type are complained of, and the others hold', async () => {
    const reading = await places('traboule')[0]?.read();
    const { values, complaints } = understand(reading?.status === 'read' ? reading.written : {}, 'machine');
    expect(values).toMatchObject({
      closeToTray: false,
      downloadLimit: { kind: 'fixed', kilobytesPerSecond: 2000 },
    });
    expect(complaints).toMatchObject([
      { key: 'startMuted', problem: 'wrong-value' },
      { key: 'theme', problem: 'wrong-value' },
      { key: 'inconnu', problem: 'unknown' },
    ]);
  });

  it('of another brand are none of ours', async () => {
    expect(await places('lyon-ensemble')[0]?.read()).toEqual({ status: 'absent' });
  });

  it('that may not be read, or whose reader is not there, are told of and not fatal', async () => {
    const refused = registryKey(
      'HKLM',
      'x',
      nativeRegistry(() => Promise.reject(new Error('no such module'))),
    );
    expect(await refused.read()).toEqual({ status: 'unreadable', why: 'refused' });
  });

  it('hold at once when they change, and are quiet otherwise', async () => {
    const read = vi.fn<() => Promise<RegistryKey | null>>().mockResolvedValue(null);
    const source = registryKey('HKLM', 'x', read, 5);
    await source.read();
    const changed = vi.fn<() => void>();
    const stop = source.watch(changed);
    await vi.waitFor(() => expect(read.mock.calls.length).toBeGreaterThan(3));
    expect(changed).not.toHaveBeenCalled();
    read.mockResolvedValue({ values: { closeToTray: 0 }, lists: {} });
    await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
    stop();
  });

  it('are asked of the real module, which can be loaded on any system', async () => {
    const native = await import('native-reg');
    expect(native).toMatchObject({
      HKLM: 0x80000002,
      HKCU: 0x80000001,
      Access: { READ: 0x20019, WOW64_64KEY: 256 },
    });
    expect(Object.keys(native)).toEqual(
      expect.arrayContaining(['openKey', 'closeKey', 'enumValueNames', 'enumKeyNames', 'queryValue']),
    );
  });
});
