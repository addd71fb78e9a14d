import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Finding } from '../../preload/contract/diagnostics.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { FaultyCertificate } from '../files/files-certificate.ts';
import { freeSpace } from '../files/first-run.ts';
import type { Http } from '../http/http.ts';
import { HttpError } from '../http/http-error.ts';
import type { PolicyInForce } from '../policy/in-force.ts';
import { SETTING_IDS } from '../policy/schema/table.ts';
import { errnoOf } from '../store/errno.ts';
import { proxyOf } from '../surroundings/proxy.ts';
import type { Check } from './checks.ts';

/** What the system lets this program do with a device; `unknown` where it can't be asked. */
export type MediaAccess = 'granted' | 'denied' | 'unknown';

/** What this PC is checked with. */
export interface MachineParts {
  readonly http: Http;
  readonly accounts: Pick<Accounts, 'state'>;
  readonly policy: PolicyInForce;
  /** How an address would be reached, as Chromium says it: `PROXY host:3128; DIRECT`. */
  readonly resolveProxy: (url: string) => Promise<string>;
  readonly mediaAccess: (device: 'microphone' | 'camera') => MediaAccess;
  /** The program's data folder. */
  readonly data: string;
  /** Where the person's folders are kept, null while nothing was chosen. */
  readonly place: () => string | null;
  readonly versions: { readonly program: string; readonly electron: string; readonly system: string };
  readonly now: () => number;
  /** What is wrong with the certificate that the policy names for files; null for nothing, or for none. */
  readonly certificateFault: () => Promise<FaultyCertificate | null>;
}

const NETWORK_LIMIT_MS = 15_000;
const HERE_LIMIT_MS = 5000;

/** Whether this PC has what the program needs. */
export function machineChecks(
  parts: MachineParts,
): Readonly<Record<'microphone' | 'camera' | 'proxy' | 'clock' | 'disk' | 'policy' | 'versions', Check>> {
  const device = (name: 'microphone' | 'camera'): Check => ({
    limitMs: HERE_LIMIT_MS,
    run: (_signal, devices) => judgeDevice(name, parts.mediaAccess(name), devices ?? 0),
  });
  return {
    microphone: device('microphone'),
    camera: device('camera'),
    proxy: { limitMs: NETWORK_LIMIT_MS, run: (signal) => checkProxy(parts, signal) },
    clock: { limitMs: NETWORK_LIMIT_MS, run: (signal) => checkClock(parts, signal) },
    disk: { limitMs: HERE_LIMIT_MS, run: () => checkDisk(parts) },
    policy: { limitMs: HERE_LIMIT_MS, run: () => checkPolicy(parts) },
    versions: { limitMs: HERE_LIMIT_MS, run: () => ({ code: 'versions-fine', facts: parts.versions }) },
  };
}

/** A device that the system keeps from this program is there for others. */
export function judgeDevice(name: 'microphone' | 'camera', access: MediaAccess, devices: number): Finding {
  if (access === 'denied') return { code: `${name}-forbidden`, facts: {} };
  return { code: devices > 0 ? `${name}-fine` : `${name}-none`, facts: {} };
}

/** The address that everything stands or falls with: the chat's, else the files'. */
function serverOf({ accounts }: MachineParts): string | null {
  const { chat, files } = accounts.state();
  if (chat.status !== 'none') return `${chat.serverUrl}/_matrix/client/versions`;
  return files.status === 'none' ? null : `${files.serverUrl}/status.php`;
}

async function checkProxy(parts: MachineParts, signal: AbortSignal): Promise<Finding> {
  const url = serverOf(parts);
  if (url === null) return { code: 'proxy-unasked', facts: {} };
  const proxy = proxyOf(await parts.resolveProxy(url));
  if (proxy === undefined) return { code: 'proxy-none', facts: {} };
  const { hostname, port, protocol, host } = new URL(proxy);
  if (!(await accepts(hostname, Number(port) || (protocol === 'https:' ? 443 : 80), signal)))
    return { code: 'proxy-unreachable', facts: { host } };
  return {
    code: (await asksForSignIn(parts.http, url, signal)) ? 'proxy-sign-in' : 'proxy-fine',
    facts: { host },
  };
}

/** Whether something takes a connection there. */
function accepts(hostname: string, port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replaceAll(/[[\]]/g, ''), port, signal });
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

/** A proxy that lets nobody through without a sign-in is no answer for Chromium, but a failure with a name. */
async function asksForSignIn(http: Http, url: string, signal: AbortSignal): Promise<boolean> {
  try {
    await http({ url, signal });
    return false;
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return error.cause instanceof Error && /PROXY_AUTH|TUNNEL_CONNECTION_FAILED/.test(error.cause.message);
  }
}

async function checkClock(parts: MachineParts, signal: AbortSignal): Promise<Finding> {
  const url = serverOf(parts);
  if (url === null) return { code: 'clock-unasked', facts: {} };
  const asked = parts.now();
  try {
    const date = Date.parse((await parts.http({ url, signal })).headers.get('date') ?? '');
    return Number.isNaN(date) ? { code: 'clock-unasked', facts: {} } : judgeClock(date, asked, parts.now());
  } catch (error) {
    if (error instanceof HttpError) return { code: 'clock-unasked', facts: {} };
    throw error;
  }
}

/** Seconds that nobody minds; beyond five minutes Kerberos and the tokens of calls are refused. */
const FINE_SECONDS = 60;
const WRONG_SECONDS = 300;

/** A server's time (HTTP's Date header: whole seconds) beside this PC's when it asked and when it heard. Milliseconds. */
export function judgeClock(server: number, asked: number, heard: number): Finding {
  const early = asked - (server + 999);
  const late = server - heard;
  const seconds = Math.round(Math.max(0, early, late) / 1000);
  if (seconds <= FINE_SECONDS) return { code: 'clock-fine', facts: {} };
  const facts = { minutes: Math.max(1, Math.round(seconds / 60)) };
  return { code: seconds <= WRONG_SECONDS ? 'clock-off' : 'clock-wrong', facts };
}

const LOW_BYTES = 5_000_000_000;
const FULL_BYTES = 500_000_000;

async function checkDisk({ data, place }: MachineParts): Promise<Finding> {
  const folder = place();
  if (!(await canWrite(data))) return { code: 'disk-read-only', facts: { path: data.slice(0, 500) } };
  const free = await Promise.all([data, ...(folder === null ? [] : [folder])].map(freeSpace));
  return judgeRoom(free.filter((bytes) => bytes !== null));
}

/** How much room is left on each disk in use, in bytes; none for a system that does not say. */
export function judgeRoom(free: readonly number[]): Finding {
  if (free.length === 0) return { code: 'disk-unasked', facts: {} };
  const bytes = Math.min(...free);
  const code = bytes < FULL_BYTES ? 'disk-full' : bytes < LOW_BYTES ? 'disk-low' : 'disk-fine';
  return { code, facts: { bytes } };
}

const READ_ONLY: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);

async function canWrite(folder: string): Promise<boolean> {
  const probe = join(folder, `.write-check-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
    return true;
  } catch (error) {
    const code = errnoOf(error) ?? '';
    if (code === 'ENOSPC') return true; // there is no room, which is another thing
    if (READ_ONLY.has(code)) return false;
    throw error;
  }
}

/** Whether what administrators decided is understood, and what it names is there. */
async function checkPolicy({ policy, certificateFault }: MachineParts): Promise<Finding> {
  const found = judgePolicy(policy);
  const faulty = found.code === 'policy-wrong' ? null : await certificateFault();
  return faulty === null
    ? found
    : { code: CERTIFICATES[faulty.fault], facts: { path: faulty.file.slice(0, 500) } };
}

const CERTIFICATES: Readonly<Record<FaultyCertificate['fault'], Finding['code']>> = {
  missing: 'policy-certificate-missing',
  unreadable: 'policy-certificate-missing',
  ended: 'policy-certificate-ended',
  notBegun: 'policy-certificate-ended',
  wrongPassphrase: 'policy-certificate-unusable',
  unusable: 'policy-certificate-unusable',
  noKey: 'policy-certificate-unusable',
};

function judgePolicy(policy: PolicyInForce): Finding {
  const [first] = policy.complaints;
  if (first) {
    const about = 'key' in first ? first.key : first.place;
    return { code: 'policy-wrong', facts: { count: policy.complaints.length, first: about.slice(0, 500) } };
  }
  const count = SETTING_IDS.filter((id) => ['machine', 'user'].includes(policy.decidedBy(id) ?? '')).length;
  return count > 0 ? { code: 'policy-fine', facts: { count } } : { code: 'policy-none', facts: {} };
}
