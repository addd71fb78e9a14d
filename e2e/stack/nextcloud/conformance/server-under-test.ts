/**
 * The server the recordings are held against: the stand-in, or a real one named by the environment.
 *
 * NEXTCLOUD_URL                http address of a server made for this test alone: its accounts are emptied
 * NEXTCLOUD_ADMIN_USER         default `admin`
 * NEXTCLOUD_ADMIN_PASSWORD     needed with NEXTCLOUD_URL
 * NEXTCLOUD_ACCOUNT_PASSWORD   password of alice, bob, carol and dave, which are made when missing
 * NEXTCLOUD_FRONT              `apache` or `php`: which front server it has; decides whether group 12 is replayed
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UserSpec } from '../index.ts';
import { startNextcloud } from '../index.ts';

/** What the replay asks of a server besides answering. */
export interface ServerUnderTest {
  readonly origin: string;
  readonly name: string;
  passwordOf(uid: string): string;
  /** Brings the server's clock to the recorded moment, or waits as long as the recording did, within reason. */
  pace(recordedMs: number): Promise<void>;
  /** What the server's clock shows, in milliseconds. */
  now(): number;
  setQuota(uid: string, bytes: number | null): Promise<void>;
  setEnabled(uid: string, enabled: boolean): Promise<void>;
  /** False when this server cannot be put into that state from here. */
  setMaintenance(on: boolean): boolean;
  setFront(front: 'php' | 'apache'): boolean;
  close(): Promise<void>;
}

/** The accounts of the recordings. */
const people: readonly Omit<UserSpec, 'password'>[] = [
  { uid: 'alice', displayName: 'Alice Example', email: 'alice@example.test' },
  { uid: 'bob', displayName: 'Bob Example', groups: ['team'] },
  { uid: 'carol', displayName: 'Carol Example', groups: ['team'] },
  { uid: 'dave', displayName: 'Dave Example' },
];

/** The server the environment names, otherwise a fresh stand-in. */
export function openServerUnderTest(): Promise<ServerUnderTest> {
  const { NEXTCLOUD_URL: url } = process.env;
  return url === undefined ? openStandin() : openRemote(url.replace(/\/$/, ''));
}

async function openStandin(): Promise<ServerUnderTest> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'nextcloud-standin-'));
  let base = Date.parse('2026-11-22T06:06:10Z');
  let setAt = performance.now();
  const clock = () => base + (performance.now() - setAt);
  const server = await startNextcloud({
    dataDir,
    clock,
    users: people.map((person) => ({ ...person, password: `${person.uid} password` })),
  });
  return {
    origin: server.url,
    name: 'the stand-in',
    passwordOf: (uid) => `${uid} password`,
    pace: async (recordedMs) => {
      base = recordedMs;
      setAt = performance.now();
    },
    now: clock,
    setQuota: async (uid, bytes) => server.control.setQuota(uid, bytes),
    setEnabled: async (uid, enabled) => server.control.setEnabled(uid, enabled),
    setMaintenance: (on) => {
      server.control.set({ maintenance: on });
      return true;
    },
    setFront: (front) => {
      server.control.set({ apache: front === 'apache' });
      return true;
    },
    close: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function openRemote(origin: string): Promise<ServerUnderTest> {
  const admin = adminOf(origin);
  const {
    NEXTCLOUD_ACCOUNT_PASSWORD: password = 'A long passw0rd for tests',
    NEXTCLOUD_FRONT: front = 'php',
  } = process.env;
  await admin('POST', 'cloud/groups', { groupid: 'team' });
  for (const { uid, displayName, email = '', groups = [] } of people) {
    await admin('POST', 'cloud/users', { userid: uid, password, displayName, email });
    for (const groupid of groups) await admin('POST', `cloud/users/${uid}/groups`, { groupid });
  }
  let last = 0;
  return {
    origin,
    name: origin,
    passwordOf: () => password,
    pace: async (recordedMs) => {
      // Etags have a resolution of one second: what was a second apart must stay so, and what fell into one
      // second shall find one that has just begun.
      if (recordedMs - last >= 1000) await sleep(1010 - (Date.now() % 1000));
      last = recordedMs;
    },
    now: () => Date.now(),
    setQuota: (uid, bytes) =>
      admin('PUT', `cloud/users/${uid}`, { key: 'quota', value: bytes === null ? 'none' : `${bytes} B` }),
    setEnabled: (uid, enabled) => admin('PUT', `cloud/users/${uid}/${enabled ? 'enable' : 'disable'}`, {}),
    setMaintenance: (on) => !on,
    setFront: (wanted) => wanted === front,
    close: () => Promise.resolve(),
  };
}

/** Calls the provisioning API; an answer that something exists already is as good as another. */
function adminOf(origin: string) {
  const { NEXTCLOUD_ADMIN_USER: user = 'admin', NEXTCLOUD_ADMIN_PASSWORD: password } = process.env;
  if (password === undefined) throw new Error('NEXTCLOUD_URL needs NEXTCLOUD_ADMIN_PASSWORD');
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return async (method: string, route: string, fields: Record<string, string>): Promise<void> => {
    const response = await fetch(`${origin}/ocs/v2.php/${route}`, {
      method,
      headers: { Authorization: authorization, 'OCS-APIRequest': 'true' },
      body: new URLSearchParams(fields),
    });
    if (response.status === 401 || response.status === 403)
      throw new Error(`${method} ${route}: ${response.status}`);
  };
}
