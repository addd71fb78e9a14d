import { z } from 'zod';
import { relationOf } from '../events/content.ts';
import type { ReadableEvent } from '../events/event.ts';
import { TYPES } from '../events/state.ts';
import type { Ringing } from '../protocol.ts';
import type { Room } from '../rooms/room.ts';

/** A ring rings this long, milliseconds, whatever its sender says. */
export const RING_MS = 30_000;

const Ring = z.object({
  widgetId: z.string().min(1).max(255),
  conferenceId: z.string().max(255),
  lifetime: z.number().positive().max(RING_MS).catch(RING_MS),
});
const Answer = z.object({ answer: z.enum(['declined', 'stopped']) });

/** A ring somewhere in a salon. `until`: this PC's clock, milliseconds since 1970. */
export interface Ring {
  readonly ringId: string;
  readonly roomId: string;
  readonly caller: string;
  readonly widgetId: string;
  readonly until: number;
}

interface RingSettings {
  readonly ownId: string;
  readonly now: () => number;
  readonly room: (roomId: string) => Room | null;
  readonly describe: (ring: Ring, room: Room) => Ringing | null;
  readonly post: {
    readonly ringing: (rings: readonly Ringing[]) => void;
    readonly answers: (answers: { readonly salonId: string; readonly declinedBy: readonly string[] }) => void;
  };
}

/**
 * Who rings us, and who declined when we rang. A ring ends after its time, when its caller stops it or leaves
 * the call, and when this person declined or joined, here or on another device.
 */
export class RingBook {
  readonly #settings: RingSettings;
  readonly #rings = new Map<string, Ring>();
  readonly #own = new Map<string, { readonly roomId: string; readonly declinedBy: Set<string> }>();
  /** Callers that were seen in the call since they rang: only those can leave it. */
  readonly #seen = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #posted = '[]';

  constructor(settings: RingSettings) {
    this.#settings = settings;
  }

  /** Looks at a live message or answer of a salon. */
  hear(roomId: string, readable: ReadableEvent): void {
    const { event, clear } = readable;
    if (clear === null) return;
    if (event.type === 'm.room.redaction' && event.redacts !== null) this.end(event.redacts);
    const ring = clear.type === 'm.room.message' ? Ring.safeParse(clear.content[TYPES.ring]) : null;
    if (ring?.success) this.#begin(roomId, readable, ring.data);
    if (clear.type === TYPES.callAnswer) this.#answered(readable);
  }

  #begin(roomId: string, { event }: ReadableEvent, ring: z.infer<typeof Ring>): void {
    const now = this.#settings.now();
    // The server's count of its age does not depend on this PC's clock.
    const age = Math.max(0, event.age ?? now - event.at);
    const until = now + ring.lifetime - age;
    if (event.sender === this.#settings.ownId) {
      this.sent(event.id, roomId);
      return;
    }
    if (until <= now) return;
    this.#rings.set(event.id, {
      ringId: event.id,
      roomId,
      caller: event.sender,
      widgetId: ring.widgetId,
      until,
    });
    this.check();
  }

  #answered({ event, clear }: ReadableEvent): void {
    const ringId = clear === null ? undefined : relationOf(clear)?.eventId;
    const answer = Answer.safeParse(clear?.content);
    if (ringId === undefined || !answer.success) return;
    const own = this.#own.get(ringId);
    if (own && answer.data.answer === 'declined' && event.sender !== this.#settings.ownId) {
      own.declinedBy.add(event.sender);
      this.#settings.post.answers({ salonId: own.roomId, declinedBy: [...own.declinedBy] });
      return;
    }
    const ring = this.#rings.get(ringId);
    const mayEnd = event.sender === ring?.caller || event.sender === this.#settings.ownId;
    if (ring && mayEnd) this.end(ringId);
  }

  /** A ring that we sent: its answers are told from now on. */
  sent(ringId: string, roomId: string): void {
    if (this.#own.has(ringId)) return;
    this.#own.set(ringId, { roomId, declinedBy: new Set() });
    this.#settings.post.answers({ salonId: roomId, declinedBy: [] });
  }

  /** The ring is over for this person. */
  end(ringId: string): void {
    this.#own.delete(ringId);
    if (this.#rings.delete(ringId)) this.check();
  }

  /** Looks at the clock and at who is in the calls, and posts what rings. */
  check(): void {
    const now = this.#settings.now();
    for (const ring of this.#rings.values()) if (this.#isOver(ring, now)) this.#rings.delete(ring.ringId);
    this.#post();
    if (this.#timer !== null) clearTimeout(this.#timer);
    const next = Math.min(...[...this.#rings.values()].map((ring) => ring.until));
    this.#timer = Number.isFinite(next) ? setTimeout(() => this.check(), Math.max(50, next - now)) : null;
  }

  #isOver(ring: Ring, now: number): boolean {
    const room = this.#settings.room(ring.roomId);
    // Further off than a ring lasts: this PC's clock was set back.
    if (ring.until <= now || ring.until > now + RING_MS || room === null) return true;
    const inCall = (userId: string): boolean => {
      const member = room.callMembers[userId];
      return member !== undefined && member.widgetId === ring.widgetId && member.expires > now;
    };
    if (inCall(this.#settings.ownId)) return true;
    if (inCall(ring.caller)) this.#seen.add(ring.ringId);
    else if (this.#seen.has(ring.ringId)) return true;
    return false;
  }

  #post(): void {
    const ringing = [...this.#rings.values()].flatMap((ring) => {
      const room = this.#settings.room(ring.roomId);
      const described = room === null ? null : this.#settings.describe(ring, room);
      return described === null ? [] : [described];
    });
    const print = JSON.stringify(ringing);
    if (print === this.#posted) return;
    this.#posted = print;
    this.#settings.post.ringing(ringing);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
