/**
 * `external_api.js`: the class JitsiMeetExternalAPI with the surface the product uses, by the public
 * IFrame API of Jitsi Meet. It puts the conference page in a frame and talks to it by postMessage.
 * Nothing is ever recorded here, so `recordingStatusChanged` never comes.
 */
import { type ConferenceOptions, conferenceAddress } from './address.ts';
import { Emitter, type Listener } from './emitter.ts';
import { isFromConference, type ToConference } from './wire.ts';

type Size = string | number;
type ApiOptions = ConferenceOptions & {
  parentNode?: HTMLElement;
  width?: Size;
  height?: Size;
  onload?: (event: Event) => void;
  sandbox?: string;
};

type KnownParticipant = {
  participantId: string;
  displayName: string;
  formattedDisplayName: string;
  avatarURL: string | undefined;
};

/** Delegated to the frame, as the real one does. */
const FRAME_MAY = 'autoplay; camera; clipboard-write; display-capture; microphone; screen-wake-lock';

/** The commands the stand-in carries out; another name is answered with an error on the console. */
const COMMANDS: ReadonlySet<string> = new Set([
  'answerKnockingParticipant',
  'displayName',
  'hangup',
  'kickParticipant',
  'muteEveryone',
  'password',
  'setTileView',
  'setVideoQuality',
  'subject',
  'toggleAudio',
  'toggleLobby',
  'toggleRaiseHand',
  'toggleShareScreen',
  'toggleTileView',
  'toggleVideo',
]);

const counter = { next: 0 };

class JitsiMeetExternalAPI extends Emitter {
  readonly #number = counter.next++;
  readonly #origin: string;
  readonly #frame: HTMLIFrameElement;
  readonly #participants = new Map<string, KnownParticipant>();
  readonly #awaited = new Map<number, (value: unknown) => void>();
  readonly #hear = (message: MessageEvent) => this.#receive(message);
  /** Words for a conference page that has not said it is ready; `undefined` once it has. */
  #unsent: ToConference[] | undefined = [];
  #me: string | undefined;
  #requests = 0;

  constructor(domain: string, options: ApiOptions) {
    super();
    this.#origin = new URL(`https://${domain}`).origin;
    this.#frame = makeFrame(conferenceAddress(domain, this.#number, options), this.#number, options);
    window.addEventListener('message', this.#hear);
    (options.parentNode ?? document.body).append(this.#frame);
  }

  executeCommand(name: string, ...args: unknown[]): void {
    if (COMMANDS.has(name)) this.#send({ frame: this.#number, kind: 'command', name, args });
    else console.error(`Not supported command name: ${name}`);
  }

  executeCommands(commands: Record<string, unknown>): void {
    for (const [name, value] of Object.entries(commands)) {
      this.executeCommand(name, ...(Array.isArray(value) ? value : [value]));
    }
  }

  addEventListener(name: string, listener: Listener): void {
    this.on(name, listener);
  }

  addEventListeners(listeners: Record<string, Listener>): void {
    for (const [name, listener] of Object.entries(listeners)) this.on(name, listener);
  }

  removeEventListener(name: string): void {
    this.removeAllListeners(name);
  }

  removeEventListeners(names: string[]): void {
    for (const name of names) this.removeAllListeners(name);
  }

  getIFrame(): HTMLIFrameElement {
    return this.#frame;
  }

  getNumberOfParticipants(): number {
    return this.#participants.size;
  }

  getParticipantsInfo(): KnownParticipant[] {
    return [...this.#participants.values()];
  }

  getDisplayName(id: string): string | undefined {
    return this.#participants.get(id)?.displayName;
  }

  isAudioMuted(): Promise<unknown> {
    return this.#ask('isAudioMuted');
  }

  isVideoMuted(): Promise<unknown> {
    return this.#ask('isVideoMuted');
  }

  isSharingScreen(): Promise<unknown> {
    return this.#ask('isSharingScreen');
  }

  dispose(): void {
    this.emit('_willDispose');
    window.removeEventListener('message', this.#hear);
    this.removeAllListeners();
    this.#awaited.clear();
    this.#frame.remove();
  }

  #send(word: ToConference): void {
    if (this.#unsent) this.#unsent.push(word);
    else this.#frame.contentWindow?.postMessage(word, this.#origin);
  }

  #ask(name: string): Promise<unknown> {
    const request = this.#requests++;
    return new Promise((resolve) => {
      this.#awaited.set(request, resolve);
      this.#send({ frame: this.#number, kind: 'request', request, name });
    });
  }

  #receive(message: MessageEvent): void {
    if (message.origin !== this.#origin || message.source !== this.#frame.contentWindow) return;
    const word: unknown = message.data;
    if (!isFromConference(word, this.#number)) return;
    switch (word.kind) {
      case 'ready':
        return this.#flush();
      case 'answer':
        this.#awaited.get(word.request)?.(word.value);
        this.#awaited.delete(word.request);
        return;
      case 'event':
        this.#keep(word.name, word.data);
        this.emit(word.name, word.data);
    }
  }

  #flush(): void {
    const words = this.#unsent ?? [];
    this.#unsent = undefined;
    for (const word of words) this.#send(word);
  }

  /** Keeps the list of participants that `getParticipantsInfo` answers with. */
  #keep(event: string, data: Record<string, unknown>): void {
    const id = String(data.id);
    switch (event) {
      case 'videoConferenceJoined':
        this.#me = id;
        this.#participants.set(id, known(id, data));
        return;
      case 'participantJoined':
        this.#participants.set(id, known(id, data));
        return;
      case 'displayNameChange':
        if (this.#participants.has(id))
          this.#participants.set(id, known(id, { ...data, displayName: data.displayname }));
        return;
      case 'participantLeft':
        this.#participants.delete(id);
        return;
      case 'videoConferenceLeft':
        if (this.#me) this.#participants.delete(this.#me);
    }
  }
}

function makeFrame(address: string, number: number, options: ApiOptions): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.name = `jitsiConferenceFrame${number}`;
  frame.id = frame.name;
  frame.allow = FRAME_MAY;
  frame.setAttribute('allowFullScreen', 'true');
  if (options.sandbox) frame.setAttribute('sandbox', options.sandbox);
  if (options.onload) frame.addEventListener('load', options.onload);
  frame.style.width = cssSize(options.width);
  frame.style.height = cssSize(options.height);
  frame.style.border = '0';
  frame.src = address;
  return frame;
}

function cssSize(size: Size = '100%'): string {
  return typeof size === 'number' ? `${size}px` : size;
}

function known(id: string, data: Record<string, unknown>): KnownParticipant {
  const displayName = typeof data.displayName === 'string' ? data.displayName : '';
  const formatted = typeof data.formattedDisplayName === 'string' ? data.formattedDisplayName : displayName;
  const avatarURL = typeof data.avatarURL === 'string' ? data.avatarURL : undefined;
  return { participantId: id, displayName, formattedDisplayName: formatted, avatarURL };
}

Object.assign(globalThis, { JitsiMeetExternalAPI });
