import type { PartnerRule } from '../../../preload/contract/partners.ts';
import type { Recipient } from '../crypto/shapes.ts';
import type { Content, RoomEvent } from '../events/event.ts';
import {
  type HistoryVisibility,
  type MemberState,
  nameIn,
  type PowerLevels,
  parseHistoryVisibility,
  parseMember,
  parsePowerLevels,
  supremeCreators,
  TYPES,
} from '../events/state.ts';
import type { SalonDetails } from '../protocol.ts';
import { toPerson } from './person.ts';

/** Who manages a salon: whoever may remove others, by custom 50. */
const MANAGER_LEVEL = 50;

/** The whole state of an open salon: who is in it and who may do what. */
export class SalonState {
  readonly #members = new Map<string, MemberState>();
  #power: PowerLevels = parsePowerLevels(null);
  #creators: readonly string[] = [];
  #topic = '';
  #encryption: Content | null = null;
  #history: HistoryVisibility = 'shared';
  #complete = false;
  /** What the sync told while the whole state was being asked for: the answer may be older. */
  #meanwhile: RoomEvent[] | null = null;

  /** Everything is known: the whole state was read and nothing was missed since. */
  get complete(): boolean {
    return this.#complete;
  }
  /** Content of `m.room.encryption`; once seen it stays. */
  get encryption(): Content | null {
    return this.#encryption;
  }
  get historyVisibility(): HistoryVisibility {
    return this.#history;
  }

  /**
   * The answer of `GET /rooms/{id}/state`. Who left while it was under way is out, whatever it says.
   * @param answer asked for just now, one at a time. @throws what it throws
   */
  async loadFrom(answer: Promise<readonly RoomEvent[]>): Promise<void> {
    const meanwhile: RoomEvent[] = [];
    this.#meanwhile = meanwhile;
    try {
      const events = await answer;
      const current = this.#meanwhile === meanwhile;
      this.#meanwhile = null;
      this.#members.clear();
      for (const event of [...events, ...meanwhile]) this.apply(event);
      this.#complete = current;
    } finally {
      this.#meanwhile = null;
    }
  }

  /** State events may have been missed: also by an answer that is under way. */
  miss(): void {
    this.#complete = false;
    this.#meanwhile = null;
  }

  /** @returns whether it was state of the kinds kept here. */
  apply(event: RoomEvent): boolean {
    if (event.stateKey === null) return false;
    this.#meanwhile?.push(event);
    switch (event.type) {
      case 'm.room.member': {
        const member = parseMember(event.content);
        if (member !== null) this.#members.set(event.stateKey, member);
        return member !== null;
      }
      case 'm.room.power_levels':
        this.#power = parsePowerLevels(event.content);
        return true;
      case 'm.room.create':
        this.#creators = supremeCreators(event.sender, event.content);
        return true;
      case 'm.room.encryption':
        if (typeof event.content.algorithm === 'string') this.#encryption = event.content;
        return true;
      case 'm.room.topic':
        this.#topic = nameIn(event.content, 'topic') ?? '';
        return true;
      case 'm.room.history_visibility':
        this.#history = parseHistoryVisibility(event.content);
        return true;
      default:
        return false;
    }
  }

  /** Who is in it or invited. */
  recipients(): readonly Recipient[] {
    return [...this.#members].flatMap(([userId, { membership }]) =>
      membership === 'join' || membership === 'invite' ? [{ userId, membership }] : [],
    );
  }

  details(salonId: string, ownId: string, partners: PartnerRule): SalonDetails {
    const level = this.levelOf(ownId);
    const { events, events_default, state_default, invite } = this.#power;
    return {
      salonId,
      members: this.recipients()
        .map((recipient) => this.#member(recipient, partners))
        .toSorted((a, b) => a.name.localeCompare(b.name) || (a.userId < b.userId ? -1 : 1)),
      topic: this.#topic,
      may: {
        write: level >= (events['m.room.message'] ?? events_default),
        call: level >= (events[TYPES.widget] ?? state_default),
        invite: level >= invite,
      },
    };
  }

  #member({ userId, membership }: Recipient, partners: PartnerRule): SalonDetails['members'][number] {
    const member = this.#members.get(userId);
    return {
      ...toPerson({ userId, name: member?.name ?? null, avatar: member?.avatar ?? null }, partners),
      role: this.levelOf(userId) >= MANAGER_LEVEL ? 'manager' : 'member',
      membership: membership === 'invite' ? 'invited' : 'joined',
    };
  }

  /** Creators outrank everyone from room version 12 on. */
  levelOf(userId: string): number {
    if (this.#creators.includes(userId)) return Number.POSITIVE_INFINITY;
    return this.#power.users[userId] ?? this.#power.users_default;
  }
}
