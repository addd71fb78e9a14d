import { type CallEvent, type CallState, myself } from './call-state.ts';
import type { Device } from './conference.ts';

/** A line for the screen reader: a key of the `call` dictionary and what goes into it. */
export interface Announcement {
  readonly key:
    | 'say.joined'
    | 'say.door'
    | 'say.personJoined'
    | 'say.personLeft'
    | 'say.knock'
    | 'say.handUp'
    | 'say.microphoneOn'
    | 'say.microphoneOff'
    | 'say.cameraOn'
    | 'say.cameraOff'
    | 'say.sharingOn'
    | 'say.sharingOff';
  readonly name?: string;
  readonly urgent?: boolean;
}

/** Those who are there when one comes in are told one by one; they are news to nobody. */
const SETTLING_MS = 2000;

/** What is said of an event that led from one state to the next at `now`; null where silence is better. */
export function announcementOf(
  before: CallState,
  event: CallEvent,
  after: CallState,
  now: number,
): Announcement | null {
  if (event.type === 'joined') return { key: 'say.joined' };
  if (event.type === 'door') return before.stage === after.stage ? null : { key: 'say.door' };
  if (event.type === 'knock') {
    return before === after ? null : { key: 'say.knock', name: event.name, urgent: true };
  }
  if (event.type === 'person-joined') {
    return isSettled(before, now) ? { key: 'say.personJoined', name: event.name } : null;
  }
  if (event.type === 'person-left') {
    const person = before.people.find(({ id }) => id === event.id);
    return person ? { key: 'say.personLeft', name: person.name } : null;
  }
  if (event.type === 'hand') return sayHand(after, event);
  if (event.type === 'device') return sayDevice(before, event);
  if (event.type === 'sharing' && before.sharing !== event.on) {
    return { key: event.on ? 'say.sharingOn' : 'say.sharingOff' };
  }
  return null;
}

/** Before joining a device is only what the person just wished, and knows. */
function sayDevice(before: CallState, { device, on }: { device: Device; on: boolean }): Announcement | null {
  if (before.on[device] === on || before.stage.name !== 'joined') return null;
  if (device === 'microphone') return { key: on ? 'say.microphoneOn' : 'say.microphoneOff' };
  return { key: on ? 'say.cameraOn' : 'say.cameraOff' };
}

/** One's own hand is on the button that raised it. */
function sayHand(after: CallState, { id, up }: { id: string; up: boolean }): Announcement | null {
  const person = after.people.find((one) => one.id === id);
  if (!up || !person || person === myself(after)) return null;
  return { key: 'say.handUp', name: person.name };
}

function isSettled({ stage }: CallState, now: number): boolean {
  return stage.name === 'joined' && now - stage.since > SETTLING_MS;
}
