import type { Content } from '../events/event.ts';
import { askedToWait, ChatError, isPassing, toCommandError } from '../http/chat-error.ts';
import type { Sending } from '../protocol.ts';

/** A message the person wrote that the server has not confirmed. Stored, encrypted, before anything is answered. */
export interface UnsentMessage {
  /** Transaction id: a second attempt with it makes no second message (Client-Server API, Transaction identifiers). */
  readonly key: string;
  readonly roomId: string;
  readonly type: string;
  readonly content: Content;
  /** When it was written, milliseconds since 1970. */
  readonly at: number;
  /** Why the server did not take it; null while it may still go. */
  readonly failed: Extract<Sending, { state: 'failed' }>['reason'] | null;
}

/** A message of the outbox as the conversation shows it. */
export interface Echo extends UnsentMessage {
  readonly sending: Sending;
}

/** What the outbox needs of its surroundings. */
export interface OutboxSettings {
  /** Encrypts and sends. @returns the event's id. @throws ChatError */
  readonly send: (message: UnsentMessage) => Promise<string>;
  readonly save: (message: UnsentMessage) => Promise<void>;
  readonly drop: (key: string) => Promise<void>;
  /** The server took it under this id; the event itself comes by sync. */
  readonly sent: (message: UnsentMessage, eventId: string) => void;
  readonly changed: (roomId: string) => void;
  readonly wait: (ms: number) => Promise<void>;
  /** A write to this PC failed; the message itself is safe. */
  readonly trouble: (error: unknown) => void;
}

/** A message is done with for now, or is to be tried again after at least this time. */
type Outcome = 'done' | { readonly waitMs: number };

/** What the server refuses of these is given up: nobody wrote it. */
export const WORDLESS: ReadonlySet<string> = new Set(['m.reaction', 'm.room.redaction']);
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Messages on their way, one after the other within a salon.
 * What can't go for want of a line stays and goes when the line is back, also after a restart.
 */
export class Outbox {
  readonly #settings: OutboxSettings;
  readonly #echoes = new Map<string, Echo>();
  /** When the last message of a salon was written, also one that is still being stored. */
  readonly #latest = new Map<string, number>();
  /** Salons whose queue is being worked on. */
  readonly #busy = new Set<string>();
  #open = false;

  constructor(settings: OutboxSettings) {
    this.#settings = settings;
  }

  /** Takes up what an earlier run left. */
  load(messages: readonly UnsentMessage[]): void {
    for (const message of messages) {
      const sending: Sending =
        message.failed === null
          ? { state: 'failed', reason: 'offline' }
          : { state: 'failed', reason: message.failed };
      this.#echoes.set(message.key, { ...message, sending });
    }
  }

  /** Stored first, then shown, then sent. One whose key waits here already is the same message. */
  async add(message: UnsentMessage): Promise<void> {
    if (this.#echoes.has(message.key)) return;
    const after = { ...message, at: Math.max(message.at, this.#after(message.roomId)) };
    this.#latest.set(message.roomId, after.at);
    await this.#settings.save(after);
    this.#put({ ...after, sending: this.#waiting() });
    this.#work(message.roomId);
  }

  /** Later than all that waits in the salon: a later start sorts by it, and this PC's clock may be set back. */
  #after(roomId: string): number {
    return Math.max(this.#latest.get(roomId) ?? -1, ...this.of(roomId).map((echo) => echo.at)) + 1;
  }

  /** Tries a message again that the server refused, or one that waits. */
  async resend(key: string): Promise<void> {
    const echo = this.#echoes.get(key);
    if (echo === undefined) throw new ChatError('not-found', 'no such message');
    const again = { ...echo, failed: null, sending: this.#waiting() };
    await this.#settings.save(stored(again));
    this.#put(again);
    this.#work(echo.roomId);
  }

  /** Throws an unsent message away. */
  async discard(key: string): Promise<void> {
    const echo = this.#echoes.get(key);
    if (echo === undefined) throw new ChatError('not-found', 'no such message');
    await this.#settings.drop(key);
    this.#echoes.delete(key);
    this.#settings.changed(echo.roomId);
  }

  /** The line is there: everything that waits goes. */
  resume(): void {
    this.#open = true;
    for (const echo of this.#echoes.values()) {
      if (isWaiting(echo)) this.#put({ ...echo, sending: { state: 'sending' } });
    }
    for (const roomId of new Set([...this.#echoes.values()].map((echo) => echo.roomId))) this.#work(roomId);
  }

  /** The line is gone: what waits says so. */
  pause(): void {
    this.#open = false;
    for (const echo of this.#echoes.values()) {
      if (isWaiting(echo)) this.#put({ ...echo, sending: this.#waiting() });
    }
  }

  /** The event of a message came by sync: the echo makes room for it. @returns the key it had. */
  arrived(key: string): boolean {
    const echo = this.#echoes.get(key);
    if (echo === undefined) return false;
    this.#echoes.delete(key);
    this.#settings.drop(key).catch(this.#settings.trouble);
    return true;
  }

  /** How many messages the server does not have yet. */
  get size(): number {
    return this.#echoes.size;
  }

  of(roomId: string): readonly Echo[] {
    return [...this.#echoes.values()].filter((echo) => echo.roomId === roomId);
  }

  #waiting(): Sending {
    return this.#open ? { state: 'sending' } : { state: 'failed', reason: 'offline' };
  }

  #put(echo: Echo): void {
    this.#echoes.set(echo.key, echo);
    this.#settings.changed(echo.roomId);
  }

  /** Works a salon's queue off; only one at a time, so that the order stays. */
  #work(roomId: string): void {
    if (!this.#open || this.#busy.has(roomId)) return;
    this.#busy.add(roomId);
    void this.#workOff(roomId)
      .catch(this.#settings.trouble)
      .finally(() => {
        this.#busy.delete(roomId);
        if (this.#open && this.of(roomId).some(isWaiting)) this.#work(roomId);
      });
  }

  async #workOff(roomId: string): Promise<void> {
    let wait = FIRST_WAIT_MS;
    for (;;) {
      const next = this.of(roomId).find(isWaiting);
      if (!this.#open || next === undefined) return;
      const outcome = await this.#attempt(next);
      if (outcome !== 'done') {
        await this.#settings.wait(Math.max(wait, outcome.waitMs));
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    }
  }

  async #attempt(echo: Echo): Promise<Outcome> {
    let eventId: string;
    try {
      eventId = await this.#settings.send(stored(echo));
    } catch (error) {
      return await this.#failed(echo, error);
    }
    if (this.#echoes.delete(echo.key)) {
      this.#settings.sent(stored(echo), eventId);
      // Left behind, it goes once more at the next start: under the same key, which the server knows.
      await this.#settings.drop(echo.key).catch(this.#settings.trouble);
    }
    return 'done';
  }

  async #failed(echo: Echo, error: unknown): Promise<Outcome> {
    if (!this.#echoes.has(echo.key)) return 'done';
    const { code } = toCommandError(error);
    // Paused or stopped meanwhile: whatever broke off says nothing of the message.
    if (!this.#open || isPassing(error) || code === 'signed-out') {
      this.#put({ ...echo, sending: { state: 'failed', reason: 'offline' } });
      return { waitMs: askedToWait(error) };
    }
    if (WORDLESS.has(echo.type)) {
      // Nothing written would be lost, and what is shown must be how it is: the message is still there.
      this.#settings.trouble(error);
      this.#echoes.delete(echo.key);
      this.#settings.changed(echo.roomId);
      await this.#settings.drop(echo.key).catch(this.#settings.trouble);
      return 'done';
    }
    const reason = code === 'refused' || code === 'too-large' ? code : 'unknown';
    const failed = { ...echo, failed: reason, sending: { state: 'failed', reason } } as const;
    this.#put(failed);
    // Only a refusal is kept; what failed for a reason unknown is tried again by the next start.
    if (reason !== 'unknown') await this.#settings.save(stored(failed));
    return 'done';
  }
}

function isWaiting(echo: Echo): boolean {
  return echo.failed === null;
}

function stored({ key, roomId, type, content, at, failed }: UnsentMessage): UnsentMessage {
  return { key, roomId, type, content, at, failed };
}
