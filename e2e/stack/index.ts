import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Progress } from '../setup/command.ts';
import { tryLock, withLock } from '../setup/lock.ts';
import { Refusal } from '../setup/refusal.ts';
import { writeBrand } from './brand.ts';
import { chatFolder, copyFilled, linkedTo, linkSalons, startFiles } from './filled.ts';
import { type Jitsi, startJitsi } from './jitsi/server.ts';
import type { Nextcloud } from './nextcloud/index.ts';
import { type OpenIdProvider, startOpenId } from './openid/provider.ts';
import { PEOPLE } from './people.ts';
import { freePort, portIsFree } from './process.ts';
import { type Synapse, startSynapse } from './synapse/server.ts';
import { ensureAuthority } from './tls/authority.ts';

/** How the stack of servers is started. */
export interface StackOptions {
  /** Where all of it is kept from one start to the next. */
  dataDir: string;
  /** Starts from servers with nothing but the demo's people and salons. */
  reset?: boolean;
  /** People may sign in to the chat in their browser too; costs a second of the start. */
  openId?: boolean;
  progress?: Progress;
}

/** The running servers: chat, files and conferences, with the demo's people on all of them. */
export interface Stack {
  synapse: Synapse;
  nextcloud: Nextcloud;
  jitsi: Jitsi;
  /** A brand pack that names these servers, for TRABOULE_BRAND. */
  brand: string;
  /** The local certificate authority, for NODE_EXTRA_CA_CERTS. */
  caPath: string;
  /** For Chromium's --ignore-certificate-errors-spki-list. */
  spki: string;
  /** Ends when one of the servers ended by itself, saying which. */
  broken: Promise<string>;
  /** Stops all; all that was made is kept. */
  stop(): Promise<void>;
}

interface Ports {
  nextcloud: number;
  jitsi: number;
}

/** Starts all servers, and fills them at the first start. What fails stops what was started before. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, progress = () => undefined } = options;
  const lock = await tryLock(`stack ${resolve(dataDir)}`);
  if (!lock)
    throw new Refusal(
      'The servers of this folder run already, in another demo or stack: end that one first.',
    );
  const started: { stop(): Promise<void> }[] = [];
  const own = <T extends { stop(): Promise<void> }>(server: T): T => {
    started.unshift(server);
    return server;
  };
  const stop = async () => {
    for (const server of started.splice(0)) await server.stop();
    lock.release();
  };
  try {
    // Servers that were not filled to the end are not filled further: they are made anew.
    if (options.reset || !(await linkedTo(dataDir))) {
      await rm(dataDir, { recursive: true, force: true });
      await copyFilled(dataDir, progress);
    }
    const ports = await keptPorts(join(dataDir, 'ports.json'));
    progress('starting the file server and the conference server (stand-ins)');
    const authority = await ensureAuthority(dataDir);
    const leaf = await authority.issue({ hosts: ['localhost', '127.0.0.1'] });
    const jitsi = own(await startJitsi({ port: ports.jitsi, tls: leaf }));
    const nextcloud = own(await startFiles(dataDir, ports.nextcloud));
    progress('starting the chat server (Synapse)');
    const openId = options.openId ? own(await startOpenId(Object.values(PEOPLE))) : undefined;
    const synapse = own(await startChat(dataDir, { files: nextcloud.url, conference: jitsi.host, openId }));
    await linkSalons(dataDir, synapse, nextcloud.url);
    const addresses = { chat: synapse.url, files: nextcloud.url, conference: jitsi.host };
    const brand = await writeBrand(join(dataDir, 'brand'), addresses);
    const broken = synapse.ended.then((why) => `the chat server ended by itself: ${why}`);
    const { caPath } = authority;
    return { synapse, nextcloud, jitsi, brand, caPath, spki: leaf.spkiSha256Base64, broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface BesideChat {
  files: string;
  conference: string;
  openId: OpenIdProvider | undefined;
}

function startChat(dataDir: string, { files, conference, openId }: BesideChat): Promise<Synapse> {
  return startSynapse({
    dataDir: chatFolder(dataDir),
    wellKnown: {
      'io.element.jitsi': { preferredDomain: conference },
      'fr.traboule.servers': { files },
    },
    openId,
  });
}

/** The same ports as at the last start, unless one was taken meanwhile. */
async function keptPorts(file: string): Promise<Ports> {
  return withLock('ports', async () => {
    const before: Partial<Ports> = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
    const keep = async (port?: number) =>
      port !== undefined && (await portIsFree(port)) ? port : freePort();
    const ports: Ports = { nextcloud: await keep(before.nextcloud), jitsi: await keep(before.jitsi) };
    await writeFile(file, JSON.stringify(ports));
    return ports;
  });
}
