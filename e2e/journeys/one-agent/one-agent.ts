import { z } from 'zod';
import type { Agent } from '../../demo/agent.ts';
import type { AgentOptions, World } from '../../demo/world.ts';
import { openPrivateBus, type PrivateBus } from '../../desktop/private-bus.ts';
import { ScreenReader } from '../../desktop/screen-reader.ts';
import { stage } from '../stage.ts';
import { giveFace } from './face.ts';

export const SALON = 'Coupe du monde de rugby';

const Answer = z.object({ value: z.object({ accessToken: z.string(), storageKey: z.string() }) });
/** The secrets of a session at the chat server. */
export type Session = z.infer<typeof Answer>['value'];

/**
 * Nadia at her program, on clean servers, from the page that she signs in on to the day she signs out. Her desktop has a bus
 * that screen readers ask, and none that runs.
 */
export class OneAgent {
  readonly world: World;
  /** Whoever closes the program puts the one that was opened next in its place. */
  nadia: Agent;
  readonly reader: ScreenReader;
  /** Recovery codes of those who signed in. */
  readonly codes = { nadia: '', karim: '' };
  readonly #bus: PrivateBus;

  constructor(world: World, nadia: Agent, reader: ScreenReader, bus: PrivateBus) {
    this.world = world;
    this.nadia = nadia;
    this.reader = reader;
    this.#bus = bus;
  }

  /** Whoever opens it ends it. */
  static async open(): Promise<OneAgent> {
    const world = await stage('one-agent', { openId: true });
    await giveFace(world.stack.synapse.url, 'nadia');
    const bus = await openPrivateBus();
    const reader = await ScreenReader.open(bus.address);
    // Chromium of old has no other sign that windows may be read at all; that of today asks the bus.
    const env = { DBUS_SESSION_BUS_ADDRESS: bus.address, GNOME_ACCESSIBILITY: '1' };
    return new OneAgent(world, await open(world, { env }), reader, bus);
  }

  /** The session that the program's page has at the chat server. */
  async session(): Promise<Session> {
    const { page } = this.nadia;
    const answer = await page.evaluate(() => window.traboule.invoke('accounts.chatSession', undefined));
    return Answer.parse(answer).value;
  }

  /** Closes the program as a person does. */
  close(): Promise<void> {
    return this.world.close(this.nadia);
  }

  /** Opens it again, on a desktop without that bus. */
  async start(): Promise<void> {
    this.nadia = await open(this.world);
    await this.nadia.salons();
  }

  async end(): Promise<void> {
    await this.world.end();
    await this.reader.close();
    await this.#bus.close();
  }
}

async function open(world: World, options?: AgentOptions): Promise<Agent> {
  const nadia = await world.open('nadia', options);
  nadia.page.setDefaultTimeout(60_000);
  return nadia;
}
