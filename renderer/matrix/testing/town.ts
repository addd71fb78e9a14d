import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Synapse, startSynapse } from '../../../e2e/stack/synapse/server.ts';
import { TestDevice } from './device.ts';

const PASSWORD = 'pw';

/** A chat server with a few people, for the tests of one file. */
export class Town {
  readonly synapse: Synapse;
  readonly #folder: string;
  readonly #devices: TestDevice[] = [];

  private constructor(synapse: Synapse, folder: string) {
    this.synapse = synapse;
    this.#folder = folder;
  }

  static async open(people: Readonly<Record<string, string>>): Promise<Town> {
    const folder = await mkdtemp(join(tmpdir(), 'traboule-chat-'));
    const synapse = await startSynapse({ dataDir: folder });
    for (const [name, displayName] of Object.entries(people)) {
      await synapse.registerUser({ name, password: PASSWORD, displayName });
    }
    return new Town(synapse, folder);
  }

  /** A new device of a person, heard by the server. */
  async device(name: string, sliding = true): Promise<TestDevice> {
    const device = await TestDevice.begin(this.synapse.url, name, PASSWORD, sliding);
    this.#devices.push(device);
    await device.live();
    return device;
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
    await rm(this.#folder, { recursive: true, force: true });
  }
}
