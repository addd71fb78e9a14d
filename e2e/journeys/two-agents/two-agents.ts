import type { Agent } from '../../demo/agent.ts';
import type { World } from '../../demo/world.ts';
import { NotificationHost } from '../../desktop/notification-host.ts';
import { openPrivateBus, type PrivateBus } from '../../desktop/private-bus.ts';
import { TrayHost } from '../../desktop/tray-host.ts';
import { stage } from '../stage.ts';
import type { Demo } from './demo.ts';

/** The salon whose folder both keep from the beginning, as those of the others. */
export const SALON = 'Coupe du monde de rugby';

/**
 * Nadia and Karim at their programs, signed in by the demo, each with the salons' folders on their disk. Karim's desktop
 * shows notifications, with a field to answer in, and icons beside the clock. Signing two people in takes longer than most
 * of what they do then, so one pair lives through several journeys; each leaves both programs open.
 */
export class TwoAgents {
  readonly world: World;
  /** Whoever closes or kills a program puts the one that was opened next in its place. */
  nadia: Agent;
  readonly karim: Agent;
  /** Nadia's recovery code. */
  readonly code: string;
  readonly desktop: NotificationHost;
  readonly #panel: TrayHost;
  readonly #bus: PrivateBus;

  constructor(
    parts: Pick<TwoAgents, 'world' | 'nadia' | 'karim' | 'code' | 'desktop'>,
    panel: TrayHost,
    bus: PrivateBus,
  ) {
    this.world = parts.world;
    this.nadia = parts.nadia;
    this.karim = parts.karim;
    this.code = parts.code;
    this.desktop = parts.desktop;
    this.#panel = panel;
    this.#bus = bus;
  }

  /**
   * Opens them where a demo left them. Whoever opens them ends them.
   * @param said what the demo said: Nadia's recovery code is in it
   * @throws Error when one of them must sign in again
   */
  static async open({ said }: Demo, progress: (line: string) => void): Promise<TwoAgents> {
    const code = /as nadia\.\S+, password \S+, recovery code (.+)/.exec(said)?.[1];
    if (code === undefined) throw new Error(`no recovery code in: ${said}`);
    const world = await stage('two-agents', { reset: false, progress });
    const bus = await openPrivateBus();
    const desktop = await NotificationHost.open(bus.address, ['actions', 'body', 'inline-reply']);
    const panel = await TrayHost.open(bus.address);
    const nadia = await world.open('nadia');
    const karim = await world.open('karim', { env: { DBUS_SESSION_BUS_ADDRESS: bus.address } });
    for (const agent of [nadia, karim])
      if ((await agent.signInIfNeeded()) !== null) throw new Error(`${agent.person.name} was signed out`);
    return new TwoAgents({ world, nadia, karim, code, desktop }, panel, bus);
  }

  async end(): Promise<void> {
    await this.world.end();
    await this.desktop.close();
    await this.#panel.close();
    await this.#bus.close();
  }
}
