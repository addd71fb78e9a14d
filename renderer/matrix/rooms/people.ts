import type { RoomEvent } from '../events/event.ts';
import { parseMember } from '../events/state.ts';
import type { Hero } from '../sync/delta.ts';

/** What is known of someone's looks. */
export interface Profile {
  readonly name: string | null;
  readonly avatar: string | null;
}

/** Names and pictures of all people met, shared by all salons: the list keeps user ids only. */
export class People {
  readonly #profiles = new Map<string, Profile>();

  /** Learns from a member event; others change nothing. @returns whether something changed. */
  learn(event: RoomEvent): boolean {
    if (event.type !== 'm.room.member' || event.stateKey === null) return false;
    const member = parseMember(event.content);
    if (member === null || (member.membership !== 'join' && member.membership !== 'invite')) return false;
    return this.set(event.stateKey, { name: member.name, avatar: member.avatar });
  }

  /** @returns whether something changed. */
  set(userId: string, profile: Profile): boolean {
    const known = this.#profiles.get(userId);
    if (known && known.name === profile.name && known.avatar === profile.avatar) return false;
    this.#profiles.set(userId, profile);
    return true;
  }

  learnHeroes(heroes: readonly Hero[]): void {
    for (const hero of heroes) {
      if (hero.name === null) continue;
      this.set(hero.userId, { name: hero.name, avatar: this.#profiles.get(hero.userId)?.avatar ?? null });
    }
  }

  get(userId: string): Profile {
    return this.#profiles.get(userId) ?? { name: null, avatar: null };
  }

  /** All of them, to be stored. */
  entries(): readonly (readonly [string, Profile])[] {
    return [...this.#profiles];
  }
}
