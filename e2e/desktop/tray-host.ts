import { createClient, type MessageBus } from 'dbus-native';
import { z } from 'zod';

/** An icon beside the clock as its program describes it (StatusNotifierItem, freedesktop.org). */
export interface TrayItem {
  /** The lines that show under the pointer. */
  readonly tooltip: string;
  /** The picture's bytes, as a text that differs when the picture does. */
  readonly picture: string;
  /** The lines of the menu, without separators. */
  readonly menu: readonly MenuLine[];
}

interface MenuLine {
  readonly id: number;
  readonly label: string;
}

const WATCHER = 'org.kde.StatusNotifierWatcher';
const PATH = '/StatusNotifierWatcher';
const ITEM = 'org.kde.StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';
const INTERFACE = {
  name: WATCHER,
  methods: {
    RegisterStatusNotifierItem: ['s', '', ['item'], []],
    RegisterStatusNotifierHost: ['s', '', ['host'], []],
  },
  properties: {
    RegisteredStatusNotifierItems: { type: 'as', access: 'read' },
    IsStatusNotifierHostRegistered: { type: 'b', access: 'read' },
    ProtocolVersion: { type: 'i', access: 'read' },
  },
  signals: {
    StatusNotifierItemRegistered: ['s', 'item'],
    StatusNotifierHostRegistered: [''],
    StatusNotifierHostUnregistered: [''],
  },
} satisfies Parameters<MessageBus['exportInterface']>[2];

const Properties = z.object({
  Menu: z.string(),
  ToolTip: z.array(z.unknown()),
  IconPixmap: z.array(z.unknown()),
});
interface Layout {
  readonly id: number;
  readonly label: string | undefined;
  readonly children: readonly Layout[];
}
const Layout: z.ZodType<Layout> = z
  .tuple([z.number(), z.looseObject({ label: z.string().optional() }), z.array(z.lazy(() => Layout))])
  .transform(([id, { label }, children]) => ({ id, label, children }));

/** Plays the part of who knows the panels, and of a panel with a place for icons. */
export class TrayHost {
  readonly #bus: MessageBus;
  /** What is on the bus. */
  readonly #service;
  /** How often an icon was brought. */
  registrations = 0;
  /** The paths of items, by who has them. */
  readonly #items = new Map<string, string>();

  private constructor(bus: MessageBus, hasPanel: boolean) {
    this.#bus = bus;
    this.#service = {
      RegisteredStatusNotifierItems: [],
      IsStatusNotifierHostRegistered: hasPanel,
      ProtocolVersion: 0,
      RegisterStatusNotifierHost: () => null,
      RegisterStatusNotifierItem: (item: string) => {
        this.registrations += 1;
        const [name, path] = item.startsWith('/') ? ['', item] : [item, '/StatusNotifierItem'];
        this.#items.set(name ?? '', path ?? '');
        return null;
      },
    };
    bus.exportInterface(this.#service, PATH, INTERFACE);
  }

  /** Who knows the panels is there from now on, and a panel with them or not yet. */
  static async open(address: string, hasPanel = true): Promise<TrayHost> {
    const bus = createClient({ busAddress: address });
    const host = new TrayHost(bus, hasPanel);
    await bus.requestName(WATCHER, 0);
    return host;
  }

  /** The panel comes or goes. */
  showPanel(isThere: boolean): void {
    this.#service.IsStatusNotifierHostRegistered = isThere;
    const signal = isThere ? 'StatusNotifierHostRegistered' : 'StatusNotifierHostUnregistered';
    this.#bus.sendSignal(PATH, WATCHER, signal, '', []);
  }

  /** How many icons there are. */
  get count(): number {
    return this.#items.size;
  }

  /** The icon that came last, as it is now; undefined while there is none. */
  async read(): Promise<TrayItem | undefined> {
    await this.#forgetGone();
    const found = [...this.#items].at(-1);
    if (!found) return undefined;
    const [service, path] = found;
    const described = await this.#allOf(service, path).catch(noneAnyMore);
    if (described === undefined) return undefined;
    const { Menu: menu, ToolTip: tip, IconPixmap: pictures } = Properties.parse(described);
    const [, layout] = await this.#call(service, menu, MENU, 'GetLayout', 'iias', [0, -1, []]);
    return {
      tooltip: tip
        .filter((part) => typeof part === 'string')
        .join('\n')
        .trim(),
      picture: JSON.stringify(pictures),
      menu: linesOf(Layout.parse(layout)),
    };
  }

  /** A program that takes its icon away tells nobody: its name is gone from the bus. */
  async #forgetGone(): Promise<void> {
    const there = new Set(await this.#bus.listNames());
    for (const service of this.#items.keys()) if (!there.has(service)) this.#items.delete(service);
  }

  /** Clicks on a line of the menu. */
  async click(label: string): Promise<void> {
    const found = [...this.#items].at(-1);
    const line = (await this.read())?.menu.find((each) => each.label === label);
    if (!found || !line) throw new Error(`the menu has no line ${label}`);
    const [service, path] = found;
    const { Menu: menu } = Properties.parse(await this.#allOf(service, path));
    await this.#call(service, menu, MENU, 'Event', 'isvu', [line.id, 'clicked', ['i', 0], 0]);
  }

  async close(): Promise<void> {
    await this.#bus.close();
  }

  async #allOf(service: string, path: string): Promise<unknown> {
    const [all] = await this.#call(service, path, 'org.freedesktop.DBus.Properties', 'GetAll', 's', [ITEM]);
    return all;
  }

  #call(
    destination: string,
    path: string,
    name: string,
    member: string,
    signature: string,
    body: unknown[],
  ): Promise<unknown[]> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown[]>();
    this.#bus.invoke({ destination, path, interface: name, member, signature, body }, (error, ...values) =>
      error ? reject(error) : resolve(values),
    );
    return promise;
  }
}

/** A program may take an icon away, to show it anew, just when it is asked about it. */
function noneAnyMore(error: unknown): undefined {
  if (!(error instanceof Error && error.message.includes('was not provided'))) throw error;
}

function linesOf({ id, label, children }: Layout): MenuLine[] {
  const own = label ? [{ id, label: label.replaceAll('_', '') }] : [];
  return [...own, ...children.flatMap(linesOf)];
}
