import type { Content } from '../events/event.ts';
import { CALL_MEMBER_MS, TYPES } from '../events/state.ts';
import type { RoomsApi } from '../http/rooms-api.ts';

/** Well before the others stop believing it, and seldom enough to cost little. */
const RENEW_MS = 10 * 60_000;

interface Presence {
  readonly widgetId: string;
  readonly since: number;
  readonly timer: ReturnType<typeof setInterval>;
}

interface PresenceSettings {
  readonly ownId: string;
  readonly deviceId: string;
  readonly api: Pick<RoomsApi, 'setState'>;
  readonly now: () => number;
  /** A renewal failed; the next one may do. */
  readonly trouble: (error: unknown) => void;
}

/** Tells the salons which calls this device is in, by state `fr.traboule.call.member` of the person's own. */
export class CallPresence {
  readonly #settings: PresenceSettings;
  readonly #calls = new Map<string, Presence>();
  /** One word after the other: a "left" that overtakes a "joined" would be believed for a quarter of an hour. */
  #telling: Promise<unknown> = Promise.resolve();

  constructor(settings: PresenceSettings) {
    this.#settings = settings;
  }

  /** @throws ChatError when the salon can't be told; it is tried again at the next renewal. */
  async join(roomId: string, widgetId: string): Promise<void> {
    this.#drop(roomId);
    const renew = (): void => void this.#tell(roomId).catch(this.#settings.trouble);
    const since = this.#settings.now();
    this.#calls.set(roomId, { widgetId, since, timer: setInterval(renew, RENEW_MS) });
    await this.#tell(roomId);
  }

  /** @throws ChatError */
  async leave(roomId: string): Promise<void> {
    if (!this.#calls.has(roomId)) return;
    this.#drop(roomId);
    await this.#say(roomId, () => ({}));
  }

  /** Leaves all calls as far as the server can be told. */
  async stop(): Promise<void> {
    const left = await Promise.allSettled([...this.#calls.keys()].map((roomId) => this.leave(roomId)));
    for (const result of left) if (result.status === 'rejected') this.#settings.trouble(result.reason);
  }

  #drop(roomId: string): void {
    const call = this.#calls.get(roomId);
    if (call) clearInterval(call.timer);
    this.#calls.delete(roomId);
  }

  async #tell(roomId: string): Promise<void> {
    await this.#say(roomId, () => {
      const call = this.#calls.get(roomId);
      if (call === undefined) return null;
      const { deviceId, now } = this.#settings;
      const { widgetId, since } = call;
      return { widgetId, device: deviceId, since, expires: now() + CALL_MEMBER_MS };
    });
  }

  /** @param what asked when its turn comes; null: nothing is to be said any more. */
  async #say(roomId: string, what: () => Content | null): Promise<void> {
    const said = this.#sayAfter(this.#telling, roomId, what);
    this.#telling = said;
    await said;
  }

  async #sayAfter(before: Promise<unknown>, roomId: string, what: () => Content | null): Promise<void> {
    await before.catch(() => undefined); // whoever asked for that one hears of it
    const { ownId, api } = this.#settings;
    const content = what();
    if (content !== null) await api.setState(roomId, TYPES.callMember, ownId, content);
  }
}
