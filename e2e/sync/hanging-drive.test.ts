import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ChildProcess, Supervisor } from '../../main/files/supervisor.ts';
import { silentLog } from '../../main/log/silent.ts';
import type { PairState, SyncEvent } from '../../main/sync/api.ts';
import { canMountDeadDrive, type DeadDrive, mountDeadDrive } from './dead-drive.ts';
import { Rig, writeAged } from './rig.ts';

/**
 * A drive that really hangs: system calls to it block, in the thread that they are made in. Only root may mount one;
 * elsewhere these tests say so, and `main/sync/drives/drive.test.ts` with `main/files/supervisor.test.ts` stand for them.
 */
const canMount = await canMountDeadDrive();
const why = canMount ? '' : ' (not on this machine: only root may mount; drive.test.ts stands for it)';
const program = new URL('hosted-engine.ts', import.meta.url).pathname;

/** What the engine of the test waits for a drive, in ms, and how often it is asked whether it is well. */
const patience = { lookMs: 3000, workMs: 10_000 };
const pulse = { everyMs: 1000, mostMissed: 5 };
const pace = { firstMs: 100, mostMs: 1000, wellAfterMs: 60_000 };
const patient = { timeout: 60_000, interval: 50 };

let rig: Rig;
let supervisor: Supervisor;
let drives: DeadDrive[];
let started: number;
const states = new Map<string, PairState>();

function spawnEngine(): ChildProcess {
  started += 1;
  const child = fork(program, [String(patience.lookMs), String(patience.workMs)], {
    serialization: 'advanced',
    execArgv: ['--no-warnings'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '8' },
  });
  return {
    send: (message) => {
      if (child.connected && typeof message === 'object' && message !== null) child.send(message);
      else if (child.connected && typeof message === 'string') child.send(message);
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill('SIGKILL'),
  };
}

beforeEach(async () => {
  rig = await Rig.open();
  drives = [];
  started = 0;
  states.clear();
  supervisor = new Supervisor(spawnEngine, () => Promise.resolve(), silentLog, { pace, pulse });
  supervisor.onEvent((event: SyncEvent) => {
    if (event.type === 'state') states.set(event.pair, event.state);
  });
});
afterEach(async () => {
  for (const drive of drives) await drive.unmount();
  await supervisor.stop();
  await rig.close();
});

/** Keeps a folder equal to one of ana's, again whenever the engine is fresh. */
async function keep(name: string, id = name): Promise<void> {
  const config = {
    id,
    remote: {
      url: rig.server.url,
      user: 'ana',
      loginName: 'ana',
      password: rig.password('ana'),
      rootPath: `/${name}`,
    },
    localDir: join(rig.base, name),
    journalPath: join(rig.base, `${id}.db`),
    options: { conflictLabel: 'copy', unwanted: [], ignore: [] },
  };
  const open = async (): Promise<void> => void (await supervisor.run({ type: 'open', config }));
  supervisor.onFresh(() => void open().catch(() => undefined));
  await open();
}

async function hang(...path: string[]): Promise<DeadDrive> {
  const drive = await mountDeadDrive(join(rig.base, ...path));
  drives.push(drive);
  return drive;
}

async function wake(drive: DeadDrive): Promise<void> {
  drives = drives.filter((each) => each !== drive);
  await drive.unmount();
}

const kindOf = (name: string): PairState['kind'] | undefined => states.get(name)?.kind;

test.runIf(canMount)(
  `folders on a drive that is dead from the start hold up no other, and the engine need not begin anew${why}`,
  async () => {
    await hang('dead');
    for (let number = 0; number < 12; number += 1) await keep(join('dead', String(number)), `dead-${number}`);
    writeAged(join(rig.base, 'desk', 'plan.txt'), 'desk', 60);
    await keep('desk');
    await vi.waitFor(() => expect(kindOf('desk')).toBe('idle'), patient);
    await vi.waitFor(
      () => expect([...states.values()].filter(({ kind }) => kind === 'error')).toHaveLength(12),
      patient,
    );
    expect(started).toBe(1);
  },
  200_000,
);

test.runIf(canMount)(
  `a drive that hangs in the middle of a look: the other folders go on, it is told of, and it comes back by itself${why}`,
  async () => {
    for (const name of ['stuck', 'desk']) writeAged(join(rig.base, name, 'plan.txt'), name, 60);
    mkdirSync(join(rig.base, 'stuck', 'drive'));
    await keep('stuck');
    await keep('desk');
    await vi.waitFor(() => expect([kindOf('stuck'), kindOf('desk')]).toEqual(['idle', 'idle']), patient);
    await rig.ana.put('stuck/drive/there.txt', 'there');
    const drive = await hang('stuck', 'drive');
    await supervisor.run({ type: 'syncNow', pair: 'stuck' });
    await vi.waitFor(
      () => expect(states.get('stuck')).toMatchObject({ kind: 'error', code: 'driveSilent' }),
      patient,
    );
    writeAged(join(rig.base, 'desk', 'new.txt'), 'written meanwhile', 60);
    await supervisor.run({ type: 'syncNow', pair: 'desk' });
    await vi.waitFor(async () => expect(await rig.ana.tree()).toHaveProperty('desk/new.txt'), patient);
    const before = started;
    await supervisor.run({ type: 'syncNow', pair: 'stuck' });
    await vi.waitFor(() => expect(kindOf('stuck')).toBe('error'), patient);
    expect(started).toBe(before);
    expect(Object.keys(await rig.ana.tree())).toEqual(
      expect.arrayContaining(['stuck/plan.txt', 'stuck/drive', 'stuck/drive/there.txt']),
    );
    await wake(drive);
    await vi.waitFor(() => expect(kindOf('stuck')).toBe('idle'), patient);
    expect(Object.keys(await rig.ana.tree())).toEqual(
      expect.arrayContaining(['stuck/plan.txt', 'stuck/drive/there.txt', 'desk/new.txt']),
    );
  },
  200_000,
);
