import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadBrand } from '../brand/load.ts';
import type { Log } from '../log/log.ts';
import { silentLog } from '../log/silent.ts';
import { keptFile, keptInMemory } from '../store/kept.ts';
import { foldersDecidedBy } from './folders-decided.ts';
import { type OpenPolicy, openPolicy, type PolicyParts } from './policy.ts';
import { jsonFile } from './readers/json-file.ts';
import { LastGood } from './readings.ts';

const { brand } = loadBrand(join(import.meta.dirname, '../../assets/brands/traboule'));

describe('the policy of a machine', () => {
  let folder: string;
  let file: string;
  let opened: OpenPolicy[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'policy-'));
    file = join(folder, 'etc', 'policy.json');
    opened = [];
    await mkdir(dirname(file));
  });
  afterEach(async () => {
    await Promise.all(opened.map(({ close }) => close()));
    await rm(folder, { recursive: true });
  });
  const open = async (parts: Partial<PolicyParts> = {}) => {
    const one = await openPolicy({
      sources: [jsonFile(file, 'machine')],
      brand,
      chosen: keptInMemory({}),
      lastGood: keptInMemory<LastGood>({}),
      log: silentLog,
      ...parts,
    });
    opened.push(one);
    return one.policy;
  };
  const write = (text: string | Uint8Array) => writeFile(file, text);

  it('leaves everything as brand and person want it where there is none', async () => {
    const policy = await open({ chosen: keptInMemory({ closeToTray: false }) });
    expect(policy.values).toMatchObject({
      closeToTray: false,
      fileUserName: '{localpart}',
      chatServer: null,
    });
    expect(policy.complaints).toEqual([]);
  });

  it('beats what the brand decides of settings that no person sets, key by key', async () => {
    const decided = { spaceLimit: 20, mayAddAccount: false };
    await write('{ "spaceLimit": 50 }');
    const policy = await open({ brand: { ...brand, settings: { ...brand.settings, policy: decided } } });
    expect(policy.values).toMatchObject({ spaceLimit: 50, mayAddAccount: false });
    expect(policy.decidedBy('mayAddAccount')).toBe('brand');
    expect(policy.decidedBy('spaceLimit')).toBe('machine');
  });

  it('takes no address with a name or a password in it', async () => {
    const secret = (scheme: string, rest: string) => `${scheme}://nadia:secret@${rest}`;
    await write(
      JSON.stringify({
        updateFeed: secret('https', 'versions.example/'),
        proxyPac: secret('http', 'proxy.example/proxy.pac'),
        chatServer: secret('https', 'chat.example'),
        filesServer: 'https://files@files.example',
        proxyServer: 'nadia:secret@proxy.example:3128',
      }),
    );
    const policy = await open();
    const { updateFeed, proxyPac, chatServer, filesServer, proxyServer } = policy.values;
    expect([updateFeed, proxyPac, chatServer, filesServer, proxyServer]).toEqual(Array(5).fill(null));
    expect(policy.complaints.map(({ problem }) => problem)).toEqual(Array(5).fill('wrong-value'));
    expect(JSON.stringify(policy.complaints)).not.toContain('secret');
  });

  it('keeps its right keys when another is wrong or unknown, and says which', async () => {
    const error = vi.fn<Log['error']>();
    await write(JSON.stringify({ $schema: 'x', closeToTray: false, conferenceDomains: 'visio', unheard: 1 }));
    const policy = await open({ log: { ...silentLog, error } });
    expect(policy.values.closeToTray).toBe(false);
    expect(policy.values.conferenceDomains).toEqual(brand.conferenceDomains);
    expect(policy.complaints).toEqual([
      {
        key: 'conferenceDomains',
        problem: 'wrong-value',
        expected: expect.stringContaining('array'),
        place: file,
      },
      { key: 'unheard', problem: 'unknown', place: file },
    ]);
    expect(error).toHaveBeenCalledTimes(2);
  });

  it('is not decided for one account where only the machine may decide', async () => {
    await write(JSON.stringify({ secretsWithoutKeyStore: 'file', closeToTray: false }));
    const policy = await open({ sources: [jsonFile(file, 'user')] });
    expect(policy.values).toMatchObject({ secretsWithoutKeyStore: 'memory', closeToTray: false });
    expect(policy.complaints).toMatchObject([{ key: 'secretsWithoutKeyStore', problem: 'wrong-scope' }]);
  });

  it('takes limits as administrators write them', async () => {
    await write(JSON.stringify({ uploadLimit: '50%', downloadLimit: '2000kB' }));
    expect((await open()).values).toMatchObject({
      uploadLimit: { kind: 'share', percent: 50 },
      downloadLimit: { kind: 'fixed', kilobytesPerSecond: 2000 },
    });
    await write(JSON.stringify({ uploadLimit: '5kB', downloadLimit: 'none' }));
    const { values, complaints } = await open();
    expect(values.downloadLimit).toEqual({ kind: 'none' });
    expect(complaints).toMatchObject([{ key: 'uploadLimit' }]);
  });

  it('says what folders leave out, in bytes', async () => {
    await write(JSON.stringify({ ignoredNames: ['*.pst'], largestFile: 4000 }));
    expect(foldersDecidedBy((await open()).values)).toMatchObject({
      leaveOut: { ignore: ['*.pst'], maxFileSize: 4e9 },
      deletionsToConfirm: 100,
      mostBytes: null,
      mayAddFolders: true,
    });
    await write(JSON.stringify({ ignoredNames: ['*.pst'], largestFile: -1 }));
    expect(foldersDecidedBy((await open()).values).leaveOut).toEqual({ ignore: ['*.pst'] });
  });

  it('is read in UTF-16, as Notepad and regedit write it', async () => {
    await write(Buffer.from(`\u{feff}${JSON.stringify({ closeToTray: false })}`, 'utf16le'));
    expect((await open()).values.closeToTray).toBe(false);
  });

  it('that is no JSON keeps the last good one, over a restart as well, and says so', async () => {
    const kept = () => keptFile(join(folder, 'last-good.json'), LastGood, {}, silentLog);
    await write(JSON.stringify({ closeToTray: false }));
    await open({ lastGood: await kept() });
    await write('closeToTray=false');
    const policy = await open({ lastGood: await kept() });
    expect(policy.values.closeToTray).toBe(false);
    expect(policy.decision('closeToTray')).toEqual({ origin: 'machine', place: file });
    expect(policy.complaints).toEqual([{ problem: 'unreadable', place: file, why: 'not-json', kept: true }]);
  });

  it('that was never good or is gone decides nothing', async () => {
    await write('[1, 2]');
    const never = await open();
    expect(never.complaints).toEqual([{ problem: 'unreadable', place: file, why: 'not-json', kept: false }]);
    await write(JSON.stringify({ closeToTray: false }));
    const lastGood = keptInMemory<LastGood>({});
    await open({ lastGood });
    await rm(file);
    expect((await open({ lastGood })).values.closeToTray).toBe(true);
    expect(lastGood.value).toEqual({});
  });

  it('that is a folder, or may not be read, is told of and not fatal', async () => {
    await mkdir(file);
    const policy = await open();
    expect(policy.complaints).toEqual([{ problem: 'unreadable', place: file, why: 'refused', kept: false }]);
  });

  it('holds at once when its folder and file come, change, break and go', async () => {
    await rm(dirname(file), { recursive: true });
    const policy = await open({ sources: [jsonFile(file, 'machine', 20)] });
    await mkdir(dirname(file));
    const heard = vi.fn<() => void>();
    policy.onChange(heard);
    const comes = async (expected: boolean) =>
      vi.waitFor(() => expect(policy.values.closeToTray).toBe(expected), { timeout: 10_000 });
    await write(JSON.stringify({ closeToTray: false }));
    await comes(false);
    expect(policy.decidedBy('closeToTray')).toBe('machine');
    await write('{"closeToTray": fal');
    await vi.waitFor(() => expect(policy.complaints).toHaveLength(1), { timeout: 10_000 });
    expect(policy.values.closeToTray).toBe(false);
    await rm(file);
    await comes(true);
    expect(policy.decidedBy('closeToTray')).toBeNull();
    expect(heard.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  it('comes from the first of two places of one scope that decides a value', async () => {
    const second = join(folder, 'second.json');
    await write(JSON.stringify({ closeToTray: false }));
    await writeFile(second, JSON.stringify({ closeToTray: true, startMuted: true }));
    const policy = await open({ sources: [jsonFile(file, 'machine'), jsonFile(second, 'machine')] });
    expect(policy.values).toMatchObject({ closeToTray: false, startMuted: true });
    expect(policy.decision('closeToTray').place).toBe(file);
    expect(policy.decision('startMuted').place).toBe(second);
  });
});
