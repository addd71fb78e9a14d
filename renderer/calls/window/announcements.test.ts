import { describe, expect, test } from 'vitest';
import { announcementOf } from './announcements.ts';
import { type CallEvent, type CallState, INITIAL, reduceCall } from './call-state.ts';

/** What is said of the last of some events; those before it came at 0, it comes at `at`. */
function said(at: number, ...events: CallEvent[]) {
  const last = events.at(-1);
  if (!last) throw new Error('no event');
  let before: CallState = INITIAL;
  for (const event of events.slice(0, -1)) before = reduceCall(before, event, 0);
  return announcementOf(before, last, reduceCall(before, last, at), at);
}

const joined: CallEvent = { type: 'joined', me: 'me', name: 'Nadia' };
const karim: CallEvent = { type: 'person-joined', id: 'k', name: 'Karim' };
const knock: CallEvent = { type: 'knock', id: 'b', name: 'Bureau Thévenet' };

describe('a screen reader is told', () => {
  test('when the call is joined', () => {
    expect(said(0, joined)).toEqual({ key: 'say.joined' });
  });

  test('who comes and who goes', () => {
    expect(said(60_000, joined, karim)).toEqual({ key: 'say.personJoined', name: 'Karim' });
    expect(said(60_000, joined, karim, { type: 'person-left', id: 'k' })).toEqual({
      key: 'say.personLeft',
      name: 'Karim',
    });
  });

  test('at once who waits', () => {
    expect(said(0, joined, knock)).toMatchObject({ key: 'say.knock', urgent: true });
  });

  test('how microphone, camera and sharing are, when they change', () => {
    const mute: CallEvent = { type: 'device', device: 'microphone', on: false };
    expect(said(0, joined, mute)).toEqual({ key: 'say.microphoneOff' });
    expect(said(0, joined, { type: 'sharing', on: true })).toEqual({ key: 'say.sharingOn' });
  });

  test('who raises a hand', () => {
    expect(said(0, joined, karim, { type: 'hand', id: 'k', up: true })).toEqual({
      key: 'say.handUp',
      name: 'Karim',
    });
  });
});

describe('a screen reader is not told', () => {
  test('those who were there before', () => {
    expect(said(100, joined, karim)).toBeNull();
  });

  test('what is known already', () => {
    expect(said(0, joined, knock, knock)).toBeNull();
    expect(said(0, joined, { type: 'device', device: 'camera', on: true })).toBeNull();
    expect(said(0, joined, { type: 'hand', id: 'me', up: true })).toBeNull();
    expect(said(0, joined, { type: 'speaker', id: 'me' })).toBeNull();
  });
});
