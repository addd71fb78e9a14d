import type { CallContext, CallPlace } from '../../../preload/contract/calls.ts';

/** What is the matter with a microphone or a camera. */
export type DeviceTrouble = 'denied' | 'missing' | 'busy' | 'broken';
export type Device = 'microphone' | 'camera';

/** Why there is no call, or none any more. */
export type Problem =
  | 'unreachable'
  | 'certificate'
  | 'not-a-server'
  | 'refused'
  | 'lost'
  | 'removed'
  | 'over'
  | 'internal';

/** What a conference tells, in the words of this program; which server says it how is the adapter's business. */
export type ConferenceEvent =
  | { readonly type: 'joined'; readonly me: string; readonly name: string }
  /** The server wants something first that only its own page can ask: to knock, a password, a sign-in. */
  | { readonly type: 'door' }
  | { readonly type: 'person-joined'; readonly id: string; readonly name: string }
  | { readonly type: 'person-left'; readonly id: string }
  | { readonly type: 'person-renamed'; readonly id: string; readonly name: string }
  | { readonly type: 'hand'; readonly id: string; readonly up: boolean }
  | { readonly type: 'moderator'; readonly id: string; readonly is: boolean }
  | { readonly type: 'speaker'; readonly id: string }
  | { readonly type: 'device'; readonly device: Device; readonly on: boolean }
  | { readonly type: 'device-trouble'; readonly device: Device; readonly trouble: DeviceTrouble }
  | { readonly type: 'sharing'; readonly on: boolean }
  | { readonly type: 'knock'; readonly id: string; readonly name: string }
  | { readonly type: 'failed'; readonly problem: Problem }
  /** The conference is over for this person and its page can go. */
  | { readonly type: 'closed' };

/** What a person can do in a conference. */
export type ConferenceCommand =
  | { readonly type: 'toggle-device'; readonly device: Device }
  | { readonly type: 'toggle-sharing' }
  | { readonly type: 'toggle-hand' }
  | { readonly type: 'answer-knock'; readonly id: string; readonly approved: boolean }
  | { readonly type: 'lobby'; readonly on: boolean }
  | { readonly type: 'mute-everyone' }
  | { readonly type: 'hang-up' };

/** A conference that is open in the page. Whoever opened it disposes it. */
export interface Conference {
  readonly run: (command: ConferenceCommand) => void;
  /** Whether the devices are on right now; asked once after joining. */
  readonly devices: () => Promise<Readonly<Record<Device, boolean>>>;
  readonly dispose: () => void;
}

/** How the devices should be when the call starts. */
export interface Wishes {
  readonly microphone: boolean;
  readonly camera: boolean;
}

/** A call of which it is known where it is. */
export type PlacedCall = CallContext & CallPlace;

/** Opens a conference inside `parent`; rejects with a `ConferenceError`. Nothing is left behind when aborted. */
export type OpenConference = (
  call: PlacedCall,
  wishes: Wishes,
  parent: HTMLElement,
  listener: (event: ConferenceEvent) => void,
  signal: AbortSignal,
) => Promise<Conference>;

/** The conference server could not be used at all. */
export class ConferenceError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`conference server: ${problem}`);
    this.problem = problem;
  }
}
