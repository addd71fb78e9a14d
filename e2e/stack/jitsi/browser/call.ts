/**
 * One page's part in a conference: it joins, keeps who is there, carries out commands and reports
 * what happens under the names of the IFrame API. The view is told to draw after every change.
 */
import type { ClientWord, Participant, Refusal, SelfState, ServerWord } from '../protocol.ts';
import type { ReadOptions } from './address.ts';
import { type Line, openLine } from './line.ts';
import { LocalMedia, type Slot } from './local-media.ts';
import { Peers } from './peers.ts';

export type Phase =
  | { name: 'prejoin' | 'connecting' | 'lobby' | 'password' | 'joined' }
  | { name: 'over'; reason: Exclude<Refusal, 'password'> | 'left' | 'lost' };

export type Person = Participant & { local: boolean; camera: MediaStream | null; screen: MediaStream | null };

export type CallPicture = {
  phase: Phase;
  people: Person[];
  speaker: string | null;
  tileView: boolean;
};

type Report = (event: string, data?: Record<string, unknown>) => void;

/** How Jitsi Meet tells the embedding page that somebody must knock. */
const MEMBERS_ONLY = {
  name: 'conference.connectionError.membersOnly',
  type: 'CONFERENCE',
  isFatal: false,
};

/** Names and types as Jitsi Meet gives them to `errorOccurred`. */
const FATAL = {
  denied: { name: 'conference.connectionError.accessDenied', type: 'CONFERENCE', isFatal: true },
  token: { name: 'connection.passwordRequired', type: 'CONNECTION', isFatal: true },
  ended: { name: 'conference.destroyed', type: 'CONFERENCE', isFatal: true },
  lost: { name: 'connection.droppedError', type: 'CONNECTION', isFatal: true },
} as const;

export class Call {
  readonly #options: ReadOptions;
  readonly #report: Report;
  readonly #draw: (picture: CallPicture) => void;
  readonly #media: LocalMedia;
  readonly #peers: Peers;
  readonly #people = new Map<string, Person>();
  #line: Line | undefined;
  #phase: Phase = { name: 'prejoin' };
  #self: SelfState;
  #me = '';
  #speaker: string | null = null;
  #tileView = true;

  constructor(options: ReadOptions, report: Report, draw: (picture: CallPicture) => void) {
    this.#options = options;
    this.#report = report;
    this.#draw = draw;
    const { startWithAudioMuted, startWithVideoMuted } = options.config;
    this.#self = {
      name: options.displayName,
      audioMuted: startWithAudioMuted === true,
      videoMuted: startWithVideoMuted === true,
      sharing: false,
      hand: 0,
    };
    this.#media = new LocalMedia({
      changed: (slot, track) => this.#trackChanged(slot, track),
      failed: (slot, error) => this.#reportMediaError(slot, error),
      screenEnded: () => this.#sharingChanged(false),
    });
    this.#peers = new Peers({
      outgoing: (slot) => this.#media.track(slot),
      say: (word) => this.#say(word),
      onStreams: (id, streams) => this.#update(id, streams),
      onSpeaking: (on) => this.#say({ type: 'speaking', on }),
    });
  }

  get audioMuted(): boolean {
    return this.#self.audioMuted;
  }

  get videoMuted(): boolean {
    return this.#self.videoMuted;
  }

  get sharing(): boolean {
    return this.#self.sharing;
  }

  /** Draws again; this page's own person comes last. */
  draw(): void {
    const people = [...this.#people.values()];
    this.#draw({
      phase: this.#phase,
      people: [...people.filter(({ local }) => !local), ...people.filter(({ local }) => local)],
      speaker: this.#speaker,
      tileView: this.#tileView,
    });
  }

  /** Goes in (or to the lobby): devices first, so that the first picture the others see is a real one. */
  async join(name = this.#self.name): Promise<void> {
    this.#self = { ...this.#self, name };
    this.#go({ name: 'connecting' });
    const [audio, video] = await Promise.all([
      this.#media.set('audio', !this.#self.audioMuted),
      this.#media.set('video', !this.#self.videoMuted),
    ]);
    this.#self = { ...this.#self, audioMuted: !audio, videoMuted: !video };
    this.#line = await openLine(
      (word) => this.#hear(word),
      () => this.#end('lost'),
    );
    this.#hello();
  }

  async setMuted(slot: 'audio' | 'video', muted: boolean): Promise<void> {
    const on = await this.#media.set(slot, !muted);
    if (slot === 'audio' && !on) this.#say({ type: 'speaking', on: false });
    this.#setSelf(slot === 'audio' ? { audioMuted: !on } : { videoMuted: !on });
    this.#report(`${slot}MuteStatusChanged`, { muted: !on });
  }

  async setSharing(on: boolean): Promise<void> {
    this.#sharingChanged(await this.#media.set('screen', on));
  }

  setHand(up: boolean): void {
    this.#setSelf({ hand: up ? Date.now() : 0 });
    this.#report('raiseHandUpdated', { id: this.#me, handRaised: this.#self.hand });
  }

  toggleHand(): void {
    this.setHand(this.#self.hand === 0);
  }

  setTileView(enabled: boolean): void {
    this.#tileView = enabled;
    this.#report('tileViewChanged', { enabled });
    this.draw();
  }

  toggleTileView(): void {
    this.setTileView(!this.#tileView);
  }

  rename(name: string): void {
    this.#setSelf({ name });
    this.#report('displayNameChange', { id: this.#me, displayname: name, formattedDisplayName: name });
  }

  /** At the door the password opens it; inside, a moderator sets one. */
  givePassword(password: string): void {
    if (this.#phase.name === 'password') this.#hello(password);
    else this.#say({ type: 'password', password });
  }

  /** A command for the conference as a whole: the server hears those of a moderator only. */
  direct(
    word: Extract<ClientWord, { type: 'answer-knock' | 'lobby' | 'subject' | 'mute-everyone' | 'kick' }>,
  ): void {
    this.#say(word);
  }

  hangUp(): void {
    this.#end('left');
  }

  #hello(password?: string): void {
    const { room, jwt } = this.#options;
    this.#say({
      type: 'hello',
      room,
      self: this.#self,
      ...(jwt ? { jwt } : {}),
      ...(password ? { password } : {}),
    });
  }

  #hear(word: ServerWord): void {
    switch (word.type) {
      case 'welcome':
        return this.#welcome(word);
      case 'waiting':
        this.#report('errorOccurred', { error: MEMBERS_ONLY });
        return this.#go({ name: 'lobby' });
      case 'refused':
        return this.#refused(word.reason);
      case 'knock':
        return this.#report('knockingParticipant', { participant: { id: word.id, name: word.name } });
      case 'knock-gone':
        return;
      case 'joined':
        return this.#add(word.participant);
      case 'left':
        return this.#remove(word.id);
      case 'changed':
        return this.#changed(word.id, word.self);
      case 'role':
        this.#update(word.id, { role: word.role });
        return this.#report('participantRoleChanged', { id: word.id, role: word.role });
      case 'signal':
        return this.#peers.accept(word.from, word.data);
      case 'mute':
        return void this.setMuted(word.media, true);
      case 'subject':
        return this.#report('subjectChange', { subject: word.subject });
      case 'speaker':
        this.#speaker = word.id;
        if (word.id) this.#report('dominantSpeakerChanged', { id: word.id });
        return this.draw();
    }
  }

  #welcome({ you, others, subject, speaker }: Extract<ServerWord, { type: 'welcome' }>): void {
    this.#me = you.id;
    this.#speaker = speaker;
    this.#people.set(you.id, { ...you, local: true, camera: this.#localStream('video'), screen: null });
    this.#go({ name: 'joined' });
    this.#report('videoConferenceJoined', {
      roomName: this.#options.room,
      id: you.id,
      displayName: you.name,
      formattedDisplayName: you.name,
    });
    this.#report('participantRoleChanged', { id: you.id, role: you.role });
    this.#report('audioMuteStatusChanged', { muted: this.#self.audioMuted });
    this.#report('videoMuteStatusChanged', { muted: this.#self.videoMuted });
    this.#report('tileViewChanged', { enabled: this.#tileView });
    if (subject !== '') this.#report('subjectChange', { subject });
    for (const other of others) this.#add(other);
    this.#peers.offerTo(others.map(({ id }) => id));
  }

  #refused(reason: Refusal): void {
    if (reason !== 'password') return this.#end(reason);
    this.#report('passwordRequired');
    this.#go({ name: 'password' });
  }

  #add(participant: Participant): void {
    const { id, name } = participant;
    this.#people.set(id, { ...participant, local: false, camera: null, screen: null });
    this.#report('participantJoined', { id, displayName: name, formattedDisplayName: name });
    if (participant.hand > 0) this.#report('raiseHandUpdated', { id, handRaised: participant.hand });
    this.draw();
  }

  #remove(id: string): void {
    this.#people.delete(id);
    this.#peers.forget(id);
    this.#report('participantLeft', { id });
    this.draw();
  }

  #changed(id: string, self: SelfState): void {
    const before = this.#people.get(id);
    if (!before) return;
    this.#update(id, self);
    if (before.name !== self.name) {
      this.#report('displayNameChange', { id, displayname: self.name, formattedDisplayName: self.name });
    }
    if (before.hand !== self.hand) this.#report('raiseHandUpdated', { id, handRaised: self.hand });
  }

  #sharingChanged(on: boolean): void {
    if (on === this.#self.sharing) return;
    this.#setSelf({ sharing: on });
    const surface = this.#media.track('screen')?.getSettings().displaySurface;
    this.#report('screenSharingStatusChanged', {
      on,
      details: on ? { sourceType: surface ?? 'screen' } : {},
    });
  }

  #trackChanged(slot: Slot, track: MediaStreamTrack | null): void {
    this.#peers.replace(slot, track);
    if (slot === 'video') this.#update(this.#me, { camera: this.#localStream('video') });
    if (slot === 'screen') this.#update(this.#me, { screen: this.#localStream('screen') });
  }

  #reportMediaError(slot: Slot, error: DOMException): void {
    const kinds: Record<string, string> = {
      NotAllowedError: 'permission_denied',
      NotFoundError: 'not_found',
    };
    const type = `gum.${kinds[error.name] ?? 'general'}`;
    if (slot === 'audio') this.#report('micError', { type, message: error.message });
    if (slot === 'video') this.#report('cameraError', { type, message: error.message });
    if (slot === 'screen') console.warn(`screen not shared: ${error.name}: ${error.message}`);
  }

  #localStream(slot: 'video' | 'screen'): MediaStream | null {
    const track = this.#media.track(slot);
    return track && new MediaStream([track]);
  }

  #setSelf(changes: Partial<SelfState>): void {
    this.#self = { ...this.#self, ...changes };
    this.#update(this.#me, changes);
    if (this.#phase.name === 'joined') this.#say({ type: 'state', self: this.#self });
  }

  #update(id: string, changes: Partial<Person>): void {
    const person = this.#people.get(id);
    if (person) this.#people.set(id, { ...person, ...changes });
    this.draw();
  }

  #go(phase: Phase): void {
    this.#phase = phase;
    this.draw();
  }

  #say(word: ClientWord): void {
    this.#line?.say(word);
  }

  /** Leaves for good: everything this page opened is closed, and the embedding page is told in Jitsi's order. */
  #end(reason: Extract<Phase, { name: 'over' }>['reason']): void {
    if (this.#phase.name === 'over') return;
    const wasIn = this.#phase.name === 'joined';
    this.#line?.close();
    this.#peers.close();
    this.#media.stop();
    this.#people.clear();
    this.#go({ name: 'over', reason });
    if (reason === 'kicked') this.#report('participantKickedOut', { kicked: { id: this.#me, local: true } });
    else if (reason !== 'left') this.#report('errorOccurred', { error: FATAL[reason] });
    if (wasIn) this.#report('videoConferenceLeft', { roomName: this.#options.room });
    if (reason === 'left') this.#report('readyToClose');
  }
}
