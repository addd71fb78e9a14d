import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { synapseFolder } from '../../setup/python.ts';
import type { OpenIdProvider } from '../openid/provider.ts';
import { freePort, type OwnedProcess, portIsFree, startProcess } from '../process.ts';
import { type SynapseSettings, synapseConfiguration } from './configuration.ts';
import { type NewUser, registerUser } from './registration.ts';
import { type Seeder, seederFor, writeSeederRegistration } from './seeder.ts';

/** How a Synapse is started. */
export interface SynapseOptions {
  /** Where its data is kept from one start to the next. */
  dataDir: string;
  /** 127.0.0.1's port; left out, the one of the last start, or a free one. */
  port?: number;
  /** `localhost` unless a database that is there was made under another name. */
  serverName?: string;
  /** Added to /.well-known/matrix/client, such as the file server's address. */
  wellKnown?: Record<string, unknown>;
  /** Lets people sign in with it in their browser too; it must run, and costs a second of the start. */
  openId?: OpenIdProvider | undefined;
}

/** A running Synapse. */
export interface Synapse {
  /** `http://127.0.0.1:PORT` */
  url: string;
  serverName: string;
  /** Makes a user, or leaves one that is there as it is. */
  registerUser(user: NewUser): Promise<void>;
  /** Acts as any user, at any past time: for making history. */
  seeder: Seeder;
  /** Resolves with its last words when it ends without being stopped. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/** What one data folder keeps of its configuration between starts. */
interface Kept {
  port: number;
  registrationSecret: string;
  tokenSecret: string;
  seederToken: string;
}

const HEALTHY_WITHIN_MS = 60_000;
const LAUNCHER = join(import.meta.dirname, 'launcher.py');
const DATABASE = 'homeserver.db';
const SIGNING_KEY = 'signing.key';
const KEPT = 'kept.json';

/** Starts the pinned Synapse on loopback and waits until it answers. Throws with its last words when it does not. */
export async function startSynapse(options: SynapseOptions): Promise<Synapse> {
  const { dataDir } = options;
  const python = await pythonOfSynapse();
  await mkdir(dataDir, { recursive: true });
  const kept = await keptIn(dataDir, options.port);
  const serverName = options.serverName ?? 'localhost';
  const registration = join(dataDir, 'seeder.json');
  await writeSeederRegistration(registration, kept.seederToken);
  const settings: SynapseSettings = {
    ...kept,
    dataDir,
    serverName,
    signingKeyPath: join(dataDir, SIGNING_KEY),
    database: join(dataDir, DATABASE),
    wellKnown: options.wellKnown ?? {},
    applicationServices: [registration],
    ...(options.openId ? { openId: options.openId } : {}),
  };
  const file = join(dataDir, 'homeserver.json');
  await writeFile(file, synapseConfiguration(settings), { mode: 0o600 });
  if (!existsSync(settings.signingKeyPath))
    await writeFile(settings.signingKeyPath, newSigningKey(), { mode: 0o600 });
  const url = `http://127.0.0.1:${kept.port}`;
  const server = startProcess(python, [LAUNCHER, '-c', file]);
  await healthy(server, url);
  return {
    url,
    serverName,
    registerUser: (user) => registerUser(url, kept.registrationSecret, user),
    seeder: seederFor(url, kept.seederToken, serverName),
    ended: server.ended,
    stop: () => server.stop(),
  };
}

/** As Synapse's own --generate-keys writes it, without a second start of it: a name, and the seed of an Ed25519 key. */
function newSigningKey(): string {
  const seed = randomBytes(32).toString('base64').replace('=', '');
  return `ed25519 a_${randomBytes(2).toString('hex')} ${seed}\n`;
}

/** Lets the next start on this data, or on a copy of it, choose a port of its own. */
export async function forgetPort(dataDir: string): Promise<void> {
  const file = join(dataDir, KEPT);
  const { port: _, ...kept }: Kept = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify(kept, null, 2), { mode: 0o600 });
}

async function pythonOfSynapse(): Promise<string> {
  const python = join(await synapseFolder(), 'bin', 'python');
  if (!existsSync(python))
    throw new Error('Synapse is not installed yet: `npm run stack` (or `npm test`) does it by itself.');
  return python;
}

/** The same port and secrets as at the last start, so that sessions and addresses stay good. */
async function keptIn(dataDir: string, port: number | undefined): Promise<Kept> {
  const file = join(dataDir, KEPT);
  const before: Partial<Kept> = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
  const secret = () => randomBytes(32).toString('hex');
  const kept: Kept = {
    port: port ?? (await portOf(before)),
    registrationSecret: before.registrationSecret ?? secret(),
    tokenSecret: before.tokenSecret ?? secret(),
    seederToken: before.seederToken ?? secret(),
  };
  await writeFile(file, JSON.stringify(kept, null, 2), { mode: 0o600 });
  return kept;
}

async function portOf(before: Partial<Kept>): Promise<number> {
  return before.port !== undefined && (await portIsFree(before.port)) ? before.port : freePort();
}

async function healthy(server: OwnedProcess, url: string): Promise<void> {
  const deadline = Date.now() + HEALTHY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (server.child.exitCode !== null) break;
    const answer = await fetch(`${url}/health`).catch(notListeningYet);
    if (answer?.ok) return;
    await sleep(100);
  }
  await server.stop();
  throw new Error(`Synapse did not start:\n${server.tail()}`);
}

function notListeningYet(error: unknown): undefined {
  if (!(error instanceof TypeError)) throw error;
  return undefined;
}
