/**
 * One conference: who is in it, who waits in the lobby, who speaks. It knows no sockets: words come
 * in by method calls and go out through `post`, so that every rule is tested without a network.
 */
import type { ClientWord, Flow, Hello, Participant, Refusal, SelfState, ServerWord } from './protocol.ts';

export type Post = (to: string, word: ServerWord) => void;

type Member = { participant: Participant; flows: Flow[] };

/** What a test sees of a conference. `knocking` are those in the lobby. */
export type ConferenceSnapshot = {
  room: string;
  subject: string;
  lobby: boolean;
  speaker: string | null;
  participants: (Participant & { receiving: Flow[] })[];
  knocking: { id: string; name: string }[];
};

/** The first to come is the moderator; with `lobby` on, the others wait until a moderator answers. */
export class Room {
  readonly name: string;
  readonly #post: Post;
  readonly #members = new Map<string, Member>();
  readonly #knocking = new Map<string, SelfState>();
  /** Those who make a sound, the longest first: the first of them is the dominant speaker. */
  #speaking: string[] = [];
  #speaker: string | null = null;
  #lobby: boolean;
  #password = '';
  #subject = '';

  constructor(name: string, lobby: boolean, post: Post) {
    this.name = name;
    this.#lobby = lobby;
    this.#post = post;
  }

  /** Nobody is in it and nobody waits: it can be forgotten. */
  get empty(): boolean {
    return this.#members.size === 0 && this.#knocking.size === 0;
  }

  /** Whether somebody is in the conference or in its lobby. */
  includes(id: string): boolean {
    return this.#members.has(id) || this.#knocking.has(id);
  }

  /** Somebody comes to the door; what follows is told to them by `welcome`, `waiting` or `refused`. */
  arrive(id: string, hello: Hello): void {
    if (this.#password !== '' && hello.password !== this.#password) return this.#refuse(id, 'password');
    if (!this.#lobby || this.#members.size === 0) return this.#admit(id, hello.self);
    this.#knocking.set(id, hello.self);
    this.#post(id, { type: 'waiting' });
    for (const moderator of this.#moderators()) {
      this.#post(moderator, { type: 'knock', id, name: hello.self.name });
    }
  }

  /** Somebody is gone, whether they were in the conference or still in the lobby. */
  depart(id: string): void {
    if (this.#knocking.delete(id)) this.#tell({ type: 'knock-gone', id });
    if (!this.#members.delete(id)) return;
    this.#setSpeaking(id, false);
    this.#tell({ type: 'left', id });
    if (this.#members.size === 0) this.#sendKnockersAway();
    else if (this.#moderators().length === 0) this.#promoteTheOldest();
  }

  /** A word of a participant. Those of somebody in the lobby, or above their role, are not heard. */
  hear(id: string, word: Exclude<ClientWord, Hello>): void {
    const member = this.#members.get(id);
    if (!member) return;
    switch (word.type) {
      case 'signal':
        if (this.#members.has(word.to)) this.#post(word.to, { type: 'signal', from: id, data: word.data });
        return;
      case 'state':
        member.participant = { ...member.participant, ...word.self };
        return this.#tell({ type: 'changed', id, self: word.self }, id);
      case 'speaking':
        return this.#setSpeaking(id, word.on);
      case 'flows':
        member.flows = word.flows;
        return;
      case 'answer-knock':
      case 'lobby':
      case 'password':
      case 'subject':
      case 'mute-everyone':
      case 'kick':
        if (member.participant.role === 'moderator') this.#obey(id, word);
    }
  }

  snapshot(): ConferenceSnapshot {
    return {
      room: this.name,
      subject: this.#subject,
      lobby: this.#lobby,
      speaker: this.#speaker,
      participants: Array.from(this.#members.values(), ({ participant, flows }) =>
        Object.assign({ receiving: flows }, participant),
      ),
      knocking: [...this.#knocking].map(([id, { name }]) => ({ id, name })),
    };
  }

  #obey(
    moderator: string,
    word: Extract<
      ClientWord,
      { type: 'answer-knock' | 'lobby' | 'password' | 'subject' | 'mute-everyone' | 'kick' }
    >,
  ): void {
    switch (word.type) {
      case 'answer-knock':
        return this.#answerKnock(word.id, word.approved);
      case 'lobby':
        this.#lobby = word.on;
        if (!word.on) for (const id of this.#knocking.keys()) this.#answerKnock(id, true);
        return;
      case 'password':
        this.#password = word.password;
        return;
      case 'subject':
        this.#subject = word.subject;
        return this.#tell({ type: 'subject', subject: word.subject });
      case 'mute-everyone':
        return this.#tell({ type: 'mute', media: word.media }, moderator);
      case 'kick':
        if (!this.#members.has(word.id)) return;
        this.#refuse(word.id, 'kicked');
        return this.depart(word.id);
    }
  }

  #admit(id: string, self: SelfState): void {
    const role = this.#moderators().length === 0 ? 'moderator' : 'participant';
    const participant: Participant = { ...self, id, role };
    const others = [...this.#members.values()].map((member) => member.participant);
    this.#members.set(id, { participant, flows: [] });
    this.#post(id, {
      type: 'welcome',
      you: participant,
      others,
      subject: this.#subject,
      speaker: this.#speaker,
    });
    this.#tell({ type: 'joined', participant }, id);
  }

  #answerKnock(id: string, approved: boolean): void {
    const self = this.#knocking.get(id);
    if (!self) return;
    this.#knocking.delete(id);
    this.#tell({ type: 'knock-gone', id });
    if (approved) this.#admit(id, self);
    else this.#refuse(id, 'denied');
  }

  #sendKnockersAway(): void {
    for (const id of this.#knocking.keys()) this.#refuse(id, 'ended');
    this.#knocking.clear();
  }

  #promoteTheOldest(): void {
    const [oldest] = this.#members.values();
    if (!oldest) return;
    const { id } = oldest.participant;
    oldest.participant = { ...oldest.participant, role: 'moderator' };
    this.#tell({ type: 'role', id, role: 'moderator' });
    for (const [knocker, { name }] of this.#knocking) this.#post(id, { type: 'knock', id: knocker, name });
  }

  #setSpeaking(id: string, on: boolean): void {
    const others = this.#speaking.filter((other) => other !== id);
    if (!on) this.#speaking = others;
    else if (others.length === this.#speaking.length) this.#speaking = [...others, id];
    const next = this.#speaking[0] ?? (this.#members.has(this.#speaker ?? '') ? this.#speaker : null);
    if (next === this.#speaker) return;
    this.#speaker = next;
    this.#tell({ type: 'speaker', id: next });
  }

  #moderators(): string[] {
    const all = [...this.#members.values()].map(({ participant }) => participant);
    return all.filter(({ role }) => role === 'moderator').map(({ id }) => id);
  }

  #refuse(id: string, reason: Refusal): void {
    this.#post(id, { type: 'refused', reason });
  }

  #tell(word: ServerWord, except?: string): void {
    for (const id of this.#members.keys()) if (id !== except) this.#post(id, word);
  }
}
