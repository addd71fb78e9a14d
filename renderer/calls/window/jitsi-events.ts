import * as z from 'zod/mini';
import { catch as orElse } from 'zod/mini';
import type { ConferenceEvent, Problem } from './conference.ts';
import { troubleOfJitsi } from './device-trouble.ts';

/*
 * The events of Jitsi's IFrame API (Jitsi Meet Handbook, "IFrame API, Events") as events of a conference. They come
 * from another server's page, so each is read through a schema; what does not fit is left out.
 */

const Id = z.string().check(z.minLength(1), z.maxLength(200));
/** Guests may have no name. */
const Name = orElse(z.string().check(z.maxLength(500)), '');

const Person = z.object({ id: Id, displayName: Name });
const Renamed = z.object({ id: Id, displayname: Name });
const Muted = z.object({ muted: z.boolean() });
const DeviceError = z.object({ type: orElse(z.string(), '') });
/** `handRaised` is the time it was raised, 0 when it is down; a boolean on older servers. */
const Hand = z.object({ id: Id, handRaised: z.union([z.number(), z.boolean()]) });
const Role = z.object({ id: Id, role: z.string() });
const Knock = z.object({ participant: z.object({ id: Id, name: Name }) });
const Kicked = z.object({ kicked: z.object({ local: orElse(z.boolean(), false) }) });
const Failure = z.object({ name: orElse(z.string(), ''), isFatal: orElse(z.boolean(), false) });

type Reader = (data: unknown) => ConferenceEvent | null;

function reader<Schema extends z.ZodMiniType>(
  schema: Schema,
  make: (data: z.output<Schema>) => ConferenceEvent | null,
): Reader {
  return (data) => {
    const read = schema.safeParse(data);
    return read.success ? make(read.data) : null;
  };
}

const READERS: Readonly<Record<string, Reader>> = {
  videoConferenceJoined: reader(Person, ({ id, displayName }) => ({
    type: 'joined',
    me: id,
    name: displayName,
  })),
  readyToClose: () => ({ type: 'closed' }),
  passwordRequired: () => ({ type: 'door' }),
  participantJoined: reader(Person, ({ id, displayName }) => ({
    type: 'person-joined',
    id,
    name: displayName,
  })),
  participantLeft: reader(z.object({ id: Id }), ({ id }) => ({ type: 'person-left', id })),
  displayNameChange: reader(Renamed, ({ id, displayname }) => ({
    type: 'person-renamed',
    id,
    name: displayname,
  })),
  participantRoleChanged: reader(Role, ({ id, role }) => ({
    type: 'moderator',
    id,
    is: role === 'moderator',
  })),
  participantKickedOut: reader(Kicked, ({ kicked }) =>
    kicked.local ? { type: 'failed', problem: 'removed' } : null,
  ),
  raiseHandUpdated: reader(Hand, ({ id, handRaised }) => ({ type: 'hand', id, up: Boolean(handRaised) })),
  dominantSpeakerChanged: reader(z.object({ id: Id }), ({ id }) => ({ type: 'speaker', id })),
  audioMuteStatusChanged: reader(Muted, ({ muted }) => ({
    type: 'device',
    device: 'microphone',
    on: !muted,
  })),
  videoMuteStatusChanged: reader(Muted, ({ muted }) => ({ type: 'device', device: 'camera', on: !muted })),
  micError: reader(DeviceError, ({ type }) => ({
    type: 'device-trouble',
    device: 'microphone',
    trouble: troubleOfJitsi(type),
  })),
  cameraError: reader(DeviceError, ({ type }) => ({
    type: 'device-trouble',
    device: 'camera',
    trouble: troubleOfJitsi(type),
  })),
  screenSharingStatusChanged: reader(z.object({ on: z.boolean() }), ({ on }) => ({ type: 'sharing', on })),
  knockingParticipant: reader(Knock, ({ participant: { id, name } }) => ({ type: 'knock', id, name })),
  errorOccurred: readError,
};

/** The names of all events to listen to. */
export const JITSI_EVENTS: readonly string[] = Object.keys(READERS);

/** What an event means here; null where it means nothing, or is not what the name promises. */
export function readJitsiEvent(name: string, data: unknown): ConferenceEvent | null {
  return READERS[name]?.(data) ?? null;
}

/** The error stands in `error` with current servers and alone with older ones. */
function readError(data: unknown): ConferenceEvent | null {
  const nested = z.object({ error: Failure }).safeParse(data);
  const flat = Failure.safeParse(data);
  const read = nested.data?.error ?? flat.data;
  if (!read) return null;
  if (read.name === 'conference.connectionError.membersOnly') return { type: 'door' };
  return read.isFatal ? { type: 'failed', problem: problemOf(read.name) } : null;
}

/** The names are those of lib-jitsi-meet (JitsiConferenceErrors, JitsiConnectionErrors). */
function problemOf(name: string): Problem {
  switch (name) {
    case 'conference.connectionError.accessDenied':
    case 'conference.authenticationRequired':
    case 'conference.connectionError.notAllowed':
    case 'connection.passwordRequired':
      return 'refused';
    case 'conference.destroyed':
      return 'over';
    default:
      return 'lost';
  }
}
