import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AccountState } from '../../preload/contract/accounts.ts';
import type { CheckId } from '../../preload/contract/diagnostics.ts';
import { CHECKS } from '../../preload/contract/findings.ts';
import { type Answers, serveAnswers } from '../accounts/testing.ts';
import { createHttp } from '../http/http.ts';
import { silentLog } from '../log/silent.ts';
import { type AllChecks, CheckRuns } from './checks.ts';
import { judgeClock, judgeDevice, judgeRoom, type MachineParts, machineChecks } from './machine-checks.ts';
import { serviceChecks } from './service-checks.ts';
import { policyOf } from './testing.ts';

const TOKEN = 'syt_secret';
const http = createHttp(fetch);
const never = new AbortController().signal;

let world: { chat: Answers; files: Answers };
let chat: Awaited<ReturnType<typeof serveAnswers>>;
let files: Awaited<ReturnType<typeof serveAnswers>>;
let folder: string;

beforeAll(async () => {
  world = { chat: {}, files: {} };
  chat = await serveAnswers(world.chat);
  files = await serveAnswers(world.files);
  folder = await mkdtemp(join(tmpdir(), 'checks-'));
});
afterAll(async () => {
  await Promise.all([chat.close(), files.close()]);
  await rm(folder, { recursive: true });
});

function accountState(): AccountState {
  return {
    id: '0b9d6f6e-6a51-4a65-9c1e-5a3c5d1f7a01',
    stores: '',
    chat: { status: 'signed-in', serverUrl: chat.url, user: '@n:m.example' },
    files: { status: 'signed-in', serverUrl: files.url, user: 'n' },
    secrets: 'system',
  };
}

const accounts = {
  state: accountState,
  chatSession: () => ({
    serverUrl: chat.url,
    userId: '@n:m.example',
    deviceId: 'D',
    accessToken: TOKEN,
    storageKey: `${'A'.repeat(43)}=`,
    passing: null,
    earlier: [],
  }),
  filesAccess: () => ({ serverUrl: files.url, userId: 'n', loginName: 'n', appPassword: 'secret' }),
};
const nobody: AccountState = {
  id: null,
  stores: '',
  chat: { status: 'none' },
  files: { status: 'none' },
  secrets: 'system',
};

function services(domains: readonly string[] = []) {
  return serviceChecks({ http, accounts, conferenceDomains: () => domains });
}

function machine(parts: Partial<MachineParts> = {}) {
  return machineChecks({
    http,
    accounts,
    policy: policyOf({}),
    resolveProxy: () => Promise.resolve('DIRECT'),
    certificateFault: () => Promise.resolve(null),
    mediaAccess: () => 'unknown',
    data: folder,
    place: () => null,
    versions: { program: '1', electron: '2', system: 'linux' },
    now: Date.now,
    ...parts,
  });
}

const knows = { json: { user_id: '@n:m.example' } };
const versions = { json: { versions: ['v1.11'] } };

describe('the chat', () => {
  it.each([
    ['chat-fine', () => versions, () => knows],
    ['chat-ended', () => versions, () => ({ status: 401, json: { errcode: 'M_UNKNOWN_TOKEN' } })],
    ['chat-refused', () => versions, () => ({ status: 403, json: { errcode: 'M_FORBIDDEN' } })],
    ['chat-stranger', () => ({ html: '<html>portal' }), () => knows],
  ] as const)('is found %s', async (code, first, second) => {
    world.chat['GET /_matrix/client/versions'] = first;
    world.chat['GET /_matrix/client/v3/account/whoami'] = second;
    expect(await services().chat.run(never, null)).toEqual({ code, facts: { host: chat.host } });
  });

  it('is asked with the session of the person', async () => {
    const asked = vi.fn<(authorization: string | undefined) => void>();
    world.chat['GET /_matrix/client/versions'] = () => versions;
    world.chat['GET /_matrix/client/v3/account/whoami'] = ({ headers }) => {
      asked(headers.authorization);
      return knows;
    };
    await services().chat.run(never, null);
    expect(asked).toHaveBeenCalledWith(`Bearer ${TOKEN}`);
  });

  it('that nobody signed in to, or that is gone, is told apart', async () => {
    const as = (state: AccountState) =>
      serviceChecks({ http, accounts: { ...accounts, state: () => state }, conferenceDomains: () => [] });
    expect(await as(nobody).chat.run(never, null)).toMatchObject({ code: 'chat-none' });
    const gone = {
      ...accountState(),
      chat: { status: 'signed-in', serverUrl: 'http://127.0.0.1:1', user: 'n' },
    } as const;
    expect(await as(gone).chat.run(never, null)).toMatchObject({ code: 'chat-unreachable' });
  });
});

describe('the files', () => {
  const status = (maintenance: boolean) => () => ({
    json: { installed: true, maintenance, versionstring: '31.0.4' },
  });
  const user = () => ({ json: { ocs: { data: { id: 'n' } } } });
  it.each([
    ['files-fine', status(false), user],
    ['files-maintenance', status(true), user],
    ['files-ended', status(false), () => ({ status: 401, json: {} })],
    ['files-stranger', () => ({ html: 'x' }), user],
  ] as const)('are found %s', async (code, first, second) => {
    world.files['GET /status.php'] = first;
    world.files['GET /ocs/v2.php/cloud/user'] = second;
    expect(await services().files.run(never, null)).toMatchObject({ code, facts: { host: files.host } });
  });
});

describe('calls', () => {
  it('need a server, and one that is there', async () => {
    expect(await services().calls.run(never, null)).toMatchObject({ code: 'calls-none' });
    expect(await services(['127.0.0.1:1']).calls.run(never, null)).toEqual({
      code: 'calls-unreachable',
      facts: { host: '127.0.0.1:1' },
    });
  });
});

describe('the proxy', () => {
  let proxy: Server;
  let port: number;
  beforeAll(async () => {
    world.chat['GET /_matrix/client/versions'] = () => versions;
    proxy = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => proxy.once('listening', resolve));
    const address = proxy.address();
    port = typeof address === 'object' && address ? address.port : 0;
  });
  afterAll(() => proxy.close());

  it('is none, answers, or does not', async () => {
    const by = (rules: string) =>
      machine({ resolveProxy: () => Promise.resolve(rules) }).proxy.run(never, null);
    expect(await by('DIRECT')).toEqual({ code: 'proxy-none', facts: {} });
    const host = `127.0.0.1:${port}`;
    expect(await by(`PROXY ${host}; DIRECT`)).toEqual({ code: 'proxy-fine', facts: { host } });
    expect(await by('PROXY 127.0.0.1:1')).toEqual({
      code: 'proxy-unreachable',
      facts: { host: '127.0.0.1:1' },
    });
  });

  it('that wants to know who one is says so', async () => {
    const failing = (why: string) =>
      machine({
        http: createHttp(() => Promise.reject(new Error(why))),
        resolveProxy: () => Promise.resolve(`PROXY 127.0.0.1:${port}`),
      }).proxy.run(never, null);
    expect(await failing('net::ERR_TUNNEL_CONNECTION_FAILED')).toMatchObject({ code: 'proxy-sign-in' });
    expect(await failing('net::ERR_CONNECTION_RESET')).toMatchObject({ code: 'proxy-fine' });
  });
});

describe('the clock', () => {
  it('is compared with the Date of a server', async () => {
    expect(await machine().clock.run(never, null)).toEqual({ code: 'clock-fine', facts: {} });
    const late = machine({ now: () => Date.now() - 420_000 });
    expect(await late.clock.run(never, null)).toEqual({ code: 'clock-wrong', facts: { minutes: 7 } });
    const early = machine({ now: () => Date.now() + 150_000 });
    expect(await early.clock.run(never, null)).toMatchObject({ code: 'clock-off' });
  });

  it('is not blamed for a slow answer or the seconds that the header leaves out', () => {
    expect(judgeClock(60_000, 0, 120_000).code).toBe('clock-fine');
    expect(judgeClock(100_000, 160_999, 161_000).code).toBe('clock-fine');
    expect(judgeClock(0, 62_000, 62_000).code).toBe('clock-off');
    expect(judgeClock(302_000, 0, 0).code).toBe('clock-wrong');
  });

  it('can’t be compared with nobody', async () => {
    const alone = machine({ accounts: { state: () => nobody } });
    expect(await alone.clock.run(never, null)).toMatchObject({ code: 'clock-unasked' });
    expect(await alone.proxy.run(never, null)).toMatchObject({ code: 'proxy-unasked' });
  });
});

describe('this PC', () => {
  it('has devices, unless it has none or keeps them from the program', () => {
    expect(judgeDevice('camera', 'unknown', 1).code).toBe('camera-fine');
    expect(judgeDevice('camera', 'granted', 0).code).toBe('camera-none');
    expect(judgeDevice('microphone', 'denied', 2).code).toBe('microphone-forbidden');
  });

  it('has room or little of it', async () => {
    expect(judgeRoom([499_999_999, 9_000_000_000]).code).toBe('disk-full');
    expect(judgeRoom([4_999_999_999]).code).toBe('disk-low');
    expect(judgeRoom([5_000_000_000]).code).toBe('disk-fine');
    expect(judgeRoom([]).code).toBe('disk-unasked');
    const found = await machine({ place: () => join(folder, 'gone') }).disk.run(never, null);
    expect(found.code).toMatch(/^disk-(fine|low|full)$/);
  });

  // The kernel's own file system takes nothing, not even from root.
  it('says of a data folder that nothing can be written to it', async () => {
    const data = '/sys/kernel';
    expect(await machine({ data }).disk.run(never, null)).toEqual({
      code: 'disk-read-only',
      facts: { path: data },
    });
  });

  it('says what administrators decided and what of it is wrong', async () => {
    const of = (values: Parameters<typeof policyOf>[0]) =>
      machine({ policy: policyOf(values) }).policy.run(never, null);
    expect(await of({})).toEqual({ code: 'policy-none', facts: {} });
    expect(await of({ machine: { theme: 'dark' } })).toEqual({ code: 'policy-fine', facts: { count: 1 } });
    const complaints = [{ place: '/etc/x', key: 'thema', problem: 'unknown' as const }];
    expect(await of({ complaints })).toEqual({ code: 'policy-wrong', facts: { count: 1, first: 'thema' } });
    const ended = { fault: 'ended', file: '~/me.p12' } as const;
    const certificateFault = () => Promise.resolve(ended);
    expect(await machine({ certificateFault }).policy.run(never, null)).toEqual({
      code: 'policy-certificate-ended',
      facts: { path: ended.file },
    });
  });
});

describe('a check', () => {
  const runs = (check: AllChecks['chat']): CheckRuns => {
    const all = new Map<CheckId, AllChecks['chat']>(CHECKS.map((id) => [id, check]));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one for each id
    return new CheckRuns(Object.fromEntries(all) as unknown as AllChecks, silentLog);
  };
  const endless = () => new Promise<never>(() => undefined);

  it('that takes too long is given up, with how long that was', async () => {
    expect(await runs({ limitMs: 20, run: endless }).run('chat', null)).toEqual({
      code: 'late',
      facts: { seconds: 0 },
    });
  });

  it('that is stopped ends at once', async () => {
    const signals: AbortSignal[] = [];
    const all = runs({
      limitMs: 60_000,
      run: (signal) => {
        signals.push(signal);
        return endless();
      },
    });
    const running = all.run('chat', null);
    all.stop('chat');
    await expect(running).rejects.toMatchObject({ about: 'cancelled.request' });
    expect(signals[0]?.aborted).toBe(true);
  });

  it('that is begun again ends the one before and lives on', async () => {
    const first = Promise.withResolvers<never>();
    let times = 0;
    const all = runs({
      limitMs: 60_000,
      run: () => {
        times += 1;
        return times === 1 ? first.promise : { code: 'chat-fine', facts: {} };
      },
    });
    const before = all.run('chat', null);
    const after = all.run('chat', null);
    await expect(before).rejects.toMatchObject({ about: 'cancelled.request' });
    expect(await after).toMatchObject({ code: 'chat-fine' });
  });

  it('that fails is a finding, and the log says why', async () => {
    const error = vi.fn<typeof silentLog.error>();
    const failing = { limitMs: 1000, run: () => Promise.reject(new Error('x')) };
    const all = new Map<CheckId, AllChecks['chat']>(CHECKS.map((id) => [id, failing]));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one for each id
    const checks = new CheckRuns(Object.fromEntries(all) as unknown as AllChecks, { ...silentLog, error });
    expect(await checks.run('disk', null)).toEqual({ code: 'failed', facts: {} });
    expect(error).toHaveBeenCalledOnce();
  });
});
