import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConferenceEvent } from './conference.ts';
import { JITSI_EVENTS, readJitsiEvent } from './jitsi-events.ts';

describe('an event of Jitsi', () => {
  test.each<[string, unknown, ConferenceEvent]>([
    [
      'videoConferenceJoined',
      { roomName: 'r', id: 'a', displayName: 'Nadia' },
      { type: 'joined', me: 'a', name: 'Nadia' },
    ],
    [
      'participantJoined',
      { id: 'k', displayName: 'Karim' },
      { type: 'person-joined', id: 'k', name: 'Karim' },
    ],
    ['participantJoined', { id: 'k' }, { type: 'person-joined', id: 'k', name: '' }],
    ['displayNameChange', { id: 'k', displayname: 'K.' }, { type: 'person-renamed', id: 'k', name: 'K.' }],
    ['participantRoleChanged', { id: 'k', role: 'moderator' }, { type: 'moderator', id: 'k', is: true }],
    ['participantRoleChanged', { id: 'k', role: 'none' }, { type: 'moderator', id: 'k', is: false }],
    ['raiseHandUpdated', { id: 'k', handRaised: 1_700_000_000_000 }, { type: 'hand', id: 'k', up: true }],
    ['raiseHandUpdated', { id: 'k', handRaised: 0 }, { type: 'hand', id: 'k', up: false }],
    ['raiseHandUpdated', { id: 'k', handRaised: true }, { type: 'hand', id: 'k', up: true }],
    ['audioMuteStatusChanged', { muted: true }, { type: 'device', device: 'microphone', on: false }],
    ['videoMuteStatusChanged', { muted: false }, { type: 'device', device: 'camera', on: true }],
    ['screenSharingStatusChanged', { on: true, details: {} }, { type: 'sharing', on: true }],
    [
      'knockingParticipant',
      { participant: { id: 'b', name: 'Bureau' } },
      { type: 'knock', id: 'b', name: 'Bureau' },
    ],
    [
      'cameraError',
      { type: 'gum.not_found', message: '' },
      { type: 'device-trouble', device: 'camera', trouble: 'missing' },
    ],
    [
      'micError',
      { type: 'gum.permission_denied' },
      { type: 'device-trouble', device: 'microphone', trouble: 'denied' },
    ],
    ['participantKickedOut', { kicked: { id: 'a', local: true } }, { type: 'failed', problem: 'removed' }],
    ['passwordRequired', {}, { type: 'door' }],
    ['readyToClose', undefined, { type: 'closed' }],
  ])('%s %j is understood', (name, data, event) => {
    expect(readJitsiEvent(name, data)).toEqual(event);
  });

  test.each([
    ['conference.connectionError.accessDenied', true, { type: 'failed', problem: 'refused' }],
    ['conference.destroyed', true, { type: 'failed', problem: 'over' }],
    ['connection.droppedError', true, { type: 'failed', problem: 'lost' }],
    ['conference.connectionError.membersOnly', false, { type: 'door' }],
    ['gum.general', false, null],
  ])('errorOccurred %s is understood in both of its shapes', (name, isFatal, event) => {
    expect(readJitsiEvent('errorOccurred', { error: { name, isFatal } })).toEqual(event);
    expect(readJitsiEvent('errorOccurred', { name, isFatal })).toEqual(event);
  });

  test('about somebody else being removed changes nothing', () => {
    expect(readJitsiEvent('participantKickedOut', { kicked: { id: 'k', local: false } })).toBeNull();
  });

  test('with a wrong payload is left out, never an exception', () => {
    fc.assert(
      fc.property(fc.constantFrom(...JITSI_EVENTS), fc.anything(), (name, data) => {
        const event = readJitsiEvent(name, data);
        expect(event === null || typeof event.type === 'string').toBe(true);
      }),
    );
    expect(readJitsiEvent('participantJoined', { id: 'x'.repeat(5000) })).toBeNull();
    expect(readJitsiEvent('somethingNew', {})).toBeNull();
  });
});
