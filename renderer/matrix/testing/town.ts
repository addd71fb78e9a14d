import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RustBackupManager } from 'matrix-js-sdk/lib/rust-crypto/backup.js';
import { type OpenIdProvider, startOpenId } from '../../../e2e/stack/openid/provider.ts';
import { type Page, visitAs } from '../../../e2e/stack/openid/visitor.ts';
import { type Synapse, startSynapse } from '../../../e2e/stack/synapse/server.ts';
import { signInWith, TestDevice } from './device.ts';

const PASSWORD = 'pw';

// Up to ten seconds otherwise: so that not all devices of a server send a new key at once.
Object.assign(RustBackupManager, { maxBackupLoopStartDelayMillis: 100 });

/** A chat server with a few people, for the tests of one file. */
export class Town {
  readonly synapse: Synapse;
  readonly #folder: string;
  readonly #openId: OpenIdProvider | undefined;
  readonly #devices: TestDevice[] = [];

  private constructor(synapse: Synapse, folder: string, openId: OpenIdProvider | undefined) {
    this.synapse = synapse;
    this.#folder = folder;
    this.#openId = openId;
  }

  /** `agents`: people who have no password there, but a directory that tells who they are (at the cost of a longer start). */
  static async open(
    people: Readonly<Record<string, string>>,
    agents: Readonly<Record<string, string>> = {},
  ): Promise<Town> {
    const folder = await mkdtemp(join(tmpdir(), 'traboule-chat-'));
    const known = Object.entries(agents).map(([name, displayName]) => ({
      name,
      displayName,
      password: PASSWORD,
    }));
    const openId = known.length > 0 ? await startOpenId(known) : undefined;
    const synapse = await startSynapse({ dataDir: folder, openId });
    for (const [name, displayName] of Object.entries(people)) {
      await synapse.registerUser({ name, password: PASSWORD, displayName });
    }
    return new Town(synapse, folder, openId);
  }

  /** A new device of a person, heard by the server. */
  async device(name: string, sliding = true): Promise<TestDevice> {
    const device = await TestDevice.begin(this.synapse.url, name, PASSWORD, sliding);
    this.#devices.push(device);
    await device.live();
    return device;
  }

  /** A new device of an agent, who signs in in their browser. */
  async agentsDevice(name: string): Promise<TestDevice> {
    const token = await this.#tokenFor(name);
    const device = new TestDevice(await signInWith(this.synapse.url, { type: 'm.login.token', token }));
    this.#devices.push(device);
    await device.start();
    await device.live();
    return device;
  }

  async #tokenFor(name: string): Promise<string> {
    const back = 'http://127.0.0.1:1/';
    const page = `${this.synapse.url}/_matrix/client/v3/login/sso/redirect?redirectUrl=${encodeURIComponent(back)}`;
    const left = await this.visit(name, page, back);
    return new URL(left.url).searchParams.get('loginToken') ?? '';
  }

  /** An agent on a page of the server, in their browser: goes as far as `until`, or to the page where it ends. */
  visit(name: string, page: string, until?: string): Promise<Page> {
    return visitAs({ name, password: PASSWORD }, page, until);
  }

  /** The same device after the program was closed; starts with the line cut when asked. */
  async again(device: TestDevice, cut = false): Promise<TestDevice> {
    await device.stop();
    const next = new TestDevice(device.session);
    if (cut) next.line.cut();
    this.#devices.push(next);
    await next.start();
    return next;
  }

  /** A salon of the first device's person, with the others joined and opened on all devices. */
  async salon(name: string, owner: TestDevice, others: readonly TestDevice[]): Promise<string> {
    const { salonId } = await owner.run('createSalon', {
      name,
      invite: others.map((device) => device.session.userId),
      folder: null,
      membersMayCall: true,
      creationId: crypto.randomUUID(),
    });
    for (const device of others) {
      await device.salon(name);
      await device.run('acceptInvite', { salonId });
    }
    for (const device of [owner, ...others]) await device.run('open', { salonId });
    return salonId;
  }

  /** Stops the devices of a test. */
  async clear(): Promise<void> {
    await Promise.all(this.#devices.splice(0).map((device) => device.stop()));
  }

  async close(): Promise<void> {
    await this.clear();
    await this.synapse.stop();
    await this.#openId?.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
