import { createClient, type MessageBus } from 'dbus-native';

/** A notification as a desktop was asked to show it. */
export interface ShownNotification {
  readonly id: number;
  readonly program: string;
  readonly title: string;
  readonly body: string;
  /** Labels of the actions, by their keys. */
  readonly actions: Readonly<Record<string, string>>;
  readonly hints: Readonly<Record<string, unknown>>;
  readonly expires: number;
}

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';
const INTERFACE = {
  name: NAME,
  methods: {
    GetCapabilities: ['', 'as', [], ['capabilities']],
    GetServerInformation: ['', 'ssss', [], ['name', 'vendor', 'version', 'spec']],
    Notify: ['susssasa{sv}i', 'u', ['program'], ['id']],
    CloseNotification: ['u', '', ['id'], []],
  },
  signals: {
    ActivationToken: ['us', 'id', 'token'],
    ActionInvoked: ['us', 'id', 'action'],
    NotificationReplied: ['us', 'id', 'text'],
    NotificationClosed: ['uu', 'id', 'reason'],
  },
} satisfies Parameters<MessageBus['exportInterface']>[2];

/** Why one closed (Desktop Notifications Specification, "NotificationClosed"). */
const DISMISSED = 2;
const BY_PROGRAM = 3;

/** Plays the part of a desktop that shows notifications, and the hand that uses them. */
export class NotificationHost {
  /** Those on the screen, in their order. */
  readonly shown = new Map<number, ShownNotification>();
  readonly #bus: MessageBus;
  #last = 0;

  private constructor(bus: MessageBus, capabilities: readonly string[]) {
    this.#bus = bus;
    const service = {
      GetCapabilities: () => [...capabilities],
      GetServerInformation: () => ['host of the tests', 'Traboule', '1', '1.2'],
      Notify: (...args: Notify) => this.#notify(args),
      CloseNotification: (id: number) => this.#close(id, BY_PROGRAM),
    };
    bus.exportInterface(service, PATH, INTERFACE);
  }

  /** Shows notifications on a bus from now on; `capabilities` are those of the desktop that it plays. */
  static async open(address: string, capabilities: readonly string[]): Promise<NotificationHost> {
    const bus = createClient({ busAddress: address });
    const host = new NotificationHost(bus, capabilities);
    await bus.requestName(NAME, 0);
    return host;
  }

  /** The newest on the screen. */
  get newest(): ShownNotification | undefined {
    return [...this.shown.values()].at(-1);
  }

  /**
   * Presses an action; the notification goes, as on every desktop. Pressing what is gone is told too. Desktops of Wayland
   * give a token before.
   */
  press(id: number, action: string, token: string | null = null): void {
    if (token !== null) this.#bus.sendSignal(PATH, NAME, 'ActivationToken', 'us', [id, token]);
    this.#bus.sendSignal(PATH, NAME, 'ActionInvoked', 'us', [id, action]);
    this.#close(id, DISMISSED);
  }

  /** Sends what was written in the field. */
  reply(id: number, text: string): void {
    this.#bus.sendSignal(PATH, NAME, 'NotificationReplied', 'us', [id, text]);
    this.#close(id, DISMISSED);
  }

  async close(): Promise<void> {
    await this.#bus.close();
  }

  #notify([program, replaces, , title, body, actions, hints, expires]: Notify): number {
    const id = replaces || (this.#last += 1);
    const pairs = actions.flatMap((key, n) => (n % 2 === 0 ? [[key, actions[n + 1] ?? ''] as const] : []));
    this.shown.set(id, { id, program, title, body, actions: Object.fromEntries(pairs), hints, expires });
    return id;
  }

  #close(id: number, reason: number): null {
    if (this.shown.delete(id)) this.#bus.sendSignal(PATH, NAME, 'NotificationClosed', 'uu', [id, reason]);
    return null;
  }
}

type Notify = [
  program: string,
  replaces: number,
  icon: string,
  title: string,
  body: string,
  actions: string[],
  hints: Record<string, unknown>,
  expires: number,
];
