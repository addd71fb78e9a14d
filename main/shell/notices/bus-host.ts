import { z } from 'zod';
import type { NotificationUse } from '../../../preload/contract/app.ts';
import type { Log } from '../../log/log.ts';
import { type LastingBus, ownerChanges } from '../../session-bus/bus.ts';
import { CLICKED, freedesktopForm, type ProgramLook, WRITE } from './forms.ts';
import type { Notice, NoticeHost, NoticeListener } from './notice.ts';

/** The one who shows notices on a freedesktop.org desktop (Desktop Notifications Specification 1.3). */
const NAME = 'org.freedesktop.Notifications';
const THERE = { service: NAME, path: '/org/freedesktop/Notifications', interface: NAME } as const;

const Capabilities = z.tuple([z.array(z.string())]);
const Id = z.tuple([z.number()]);
const Closed = z.tuple([z.number()], z.unknown());
const Words = z.tuple([z.number(), z.string()], z.unknown());

/** Electron shows no buttons on Linux: this speaks with the desktop itself. */
export class BusHost implements NoticeHost {
  readonly #bus: LastingBus;
  readonly #look: ProgramLook;
  readonly #log: Log;
  readonly #shown = new Map<number, NoticeListener>();
  #capabilities: Promise<ReadonlySet<string>> | null = null;
  #token: string | null = null;

  constructor(bus: LastingBus, look: ProgramLook, log: Log) {
    this.#bus = bus;
    this.#look = look;
    this.#log = log;
  }

  /** Hears from now on what people do with notices. Throws when there is no bus, or it takes no rules. */
  async open(): Promise<void> {
    await this.#hear('ActivationToken', (body) => {
      const [id, token] = Words.parse(body);
      if (this.#shown.has(id)) this.#token = token;
    });
    await this.#hear('ActionInvoked', (body) => {
      const [id, action] = Words.parse(body);
      const use = useOf(action);
      if (use) this.#shown.get(id)?.used(use);
      this.#token = null;
    });
    await this.#hear('NotificationReplied', (body) => {
      const [id, text] = Words.parse(body);
      this.#shown.get(id)?.used({ kind: 'reply', text });
    });
    await this.#hear('NotificationClosed', (body) => this.#close(Closed.parse(body)[0]));
    await this.#bus.hear(ownerChanges(NAME), this.#forget);
    this.#bus.onReopened(this.#forget);
  }

  /**
   * With what a window may come to the front where desktops let none do so by itself (Wayland's xdg-activation): while it is
   * told that a notice was used. Asking takes it; null where there is none.
   */
  readonly takeToken = (): string | null => {
    const token = this.#token;
    this.#token = null;
    return token;
  };

  #hear(member: string, take: (body: readonly unknown[]) => void): Promise<void> {
    const takeOrNote = (body: readonly unknown[]): void => {
      try {
        take(body);
      } catch (error) {
        this.#log.warn('notice.not-understood', { member }, error);
      }
    };
    return this.#bus.hear({ service: NAME, interface: NAME, member }, takeOrNote);
  }

  readonly show = (notice: Notice, listener: NoticeListener): (() => void) => {
    const here = { id: null as number | null, isAway: false };
    this.#showAs(here, notice, listener).catch((error: unknown) => {
      this.#log.warn('notice.not-shown', {}, error);
      listener.closed();
    });
    return () => {
      here.isAway = true;
      if (here.id !== null) this.#takeAway(here.id);
    };
  };

  /** The desktop's answer may come after the notice was to be taken away again. */
  async #showAs(
    here: { id: number | null; readonly isAway: boolean },
    notice: Notice,
    listener: NoticeListener,
  ): Promise<void> {
    const id = await this.#notify(notice);
    here.id = id;
    this.#shown.set(id, listener);
    if (here.isAway) this.#takeAway(id);
  }

  async #notify(notice: Notice): Promise<number> {
    this.#capabilities ??= this.#ask();
    const form = freedesktopForm(notice, await this.#capabilities, this.#look);
    const answer = await this.#bus.call({
      ...THERE,
      member: 'Notify',
      signature: 'susssasa{sv}i',
      body: form,
    });
    return Id.parse(answer)[0];
  }

  async #ask(): Promise<ReadonlySet<string>> {
    try {
      return new Set(Capabilities.parse(await this.#bus.call({ ...THERE, member: 'GetCapabilities' }))[0]);
    } catch (error) {
      this.#capabilities = null;
      throw error;
    }
  }

  #takeAway(id: number): void {
    this.#shown.delete(id);
    this.#bus
      .call({ ...THERE, member: 'CloseNotification', signature: 'u', body: [id] })
      .catch((error: unknown) => this.#log.info('notice.gone-already', {}, error));
  }

  #close(id: number): void {
    const listener = this.#shown.get(id);
    this.#shown.delete(id);
    listener?.closed();
  }

  /** Another program shows notices now: it knows none of those, and can do other things. */
  readonly #forget = (): void => {
    this.#capabilities = null;
    for (const id of this.#shown.keys()) this.#close(id);
  };
}

function useOf(action: string): NotificationUse | null {
  switch (action) {
    case CLICKED:
    case WRITE:
      return { kind: 'open' };
    case 'accept':
    case 'decline':
      return { kind: action };
    default:
      return null;
  }
}
