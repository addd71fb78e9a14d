import { z } from 'zod';
import type { SessionBus } from '../../main/session-bus/bus.ts';
import { openSessionBus } from '../../main/session-bus/session-bus.ts';

/** A thing on the screen as a screen reader is told of it. */
export interface ReadNode {
  readonly role: string;
  readonly name: string;
  readonly children: readonly ReadNode[];
}

const STATUS = { service: 'org.a11y.Bus', path: '/org/a11y/bus' };
const PROPERTIES = 'org.freedesktop.DBus.Properties';
const ACCESSIBLE = 'org.a11y.atspi.Accessible';
const ROOT = { service: 'org.a11y.atspi.Registry', path: '/org/a11y/atspi/accessible/root' };

const Text = z.tuple([z.string()], z.unknown());
const Children = z.tuple([z.array(z.tuple([z.string(), z.string()]))], z.unknown());

interface Place {
  readonly service: string;
  readonly path: string;
}

/** Plays the part of a screen reader on a desktop with at-spi2-core. */
export class ScreenReader {
  readonly #session: SessionBus;
  readonly #readers: SessionBus;

  private constructor(session: SessionBus, readers: SessionBus) {
    this.#session = session;
    this.#readers = readers;
  }

  /** Is there, and can read, but has not said yet that it runs. Throws when the desktop has no at-spi2-core. */
  static async open(address: string): Promise<ScreenReader> {
    const session = await openSessionBus(address, () => undefined);
    const answer = await session.call({ ...STATUS, interface: 'org.a11y.Bus', member: 'GetAddress' });
    return new ScreenReader(session, await openSessionBus(Text.parse(answer)[0], () => undefined));
  }

  /** Says that it runs, as desktops do for theirs. */
  async start(): Promise<void> {
    await this.#session.call({
      ...STATUS,
      interface: PROPERTIES,
      member: 'Set',
      signature: 'ssv',
      body: ['org.a11y.Status', 'ScreenReaderEnabled', ['b', true]],
    });
  }

  /** All that programs tell of their windows now, one node a program. */
  read(): Promise<readonly ReadNode[]> {
    return this.#readChildren(ROOT);
  }

  async close(): Promise<void> {
    await this.#readers.close();
    await this.#session.close();
  }

  async #readChildren(place: Place): Promise<readonly ReadNode[]> {
    const [children] = Children.parse(await this.#ask(place, 'GetChildren'));
    const read = children.map(([service, path]) => this.#read({ service, path }).catch(goneMeanwhile));
    return (await Promise.all(read)).filter((node) => node !== null);
  }

  async #read(place: Place): Promise<ReadNode> {
    const name = {
      ...place,
      interface: PROPERTIES,
      member: 'Get',
      signature: 'ss',
      body: [ACCESSIBLE, 'Name'],
    };
    const [[role], [words], children] = await Promise.all([
      this.#ask(place, 'GetRoleName').then((answer) => Text.parse(answer)),
      this.#readers.call(name).then((answer) => Text.parse(answer)),
      this.#readChildren(place),
    ]);
    return { role, name: words, children };
  }

  #ask(place: Place, member: string): Promise<readonly unknown[]> {
    return this.#readers.call({ ...place, interface: ACCESSIBLE, member });
  }
}

/** A window goes on changing while it is read. */
function goneMeanwhile(error: unknown): null {
  if (error instanceof z.ZodError) throw error;
  return null;
}
