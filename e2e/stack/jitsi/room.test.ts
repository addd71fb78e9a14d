import { describe, expect, test } from 'vitest';
import type { ServerWord } from './protocol.ts';
import { Room } from './room.ts';

type Posted = { to: string; word: ServerWord };

function setUp({ lobby = false } = {}) {
  const posted: Posted[] = [];
  const room = new Room('jitsi', lobby, (to, word) => posted.push({ to, word }));
  const self = (name: string) => ({ name, audioMuted: false, videoMuted: false, sharing: false, hand: 0 });
  const arrive = (id: string, password?: string) =>
    room.arrive(id, { type: 'hello', room: 'jitsi', self: self(id), ...(password ? { password } : {}) });
  /** What was told since the last look, as `who: what`. */
  const told = () => posted.splice(0).map(({ to, word }) => `${to}: ${word.type}`);
  return { room, posted, self, arrive, told };
}

describe('a conference', () => {
  test('makes the first to come its moderator and tells each of the others', () => {
    const { room, arrive, told } = setUp();
    arrive('karim');
    arrive('ines');
    expect(told()).toEqual(['karim: welcome', 'ines: welcome', 'karim: joined']);
    expect(room.snapshot().participants.map(({ id, role }) => [id, role])).toEqual([
      ['karim', 'moderator'],
      ['ines', 'participant'],
    ]);
  });

  test('hands the moderation on when the moderator leaves', () => {
    const { room, arrive, told } = setUp();
    arrive('karim');
    arrive('ines');
    told();
    room.depart('karim');
    expect(told()).toEqual(['ines: left', 'ines: role']);
    expect(room.snapshot().participants).toMatchObject([{ id: 'ines', role: 'moderator' }]);
  });

  test('is empty when all have left', () => {
    const { room, arrive } = setUp();
    arrive('karim');
    expect(room.empty).toBe(false);
    room.depart('karim');
    expect(room.empty).toBe(true);
  });

  test('carries signals to participants only', () => {
    const { room, posted, arrive } = setUp();
    arrive('karim');
    arrive('ines');
    posted.length = 0;
    const data = { description: { type: 'offer' as const, sdp: 'v=0' } };
    room.hear('ines', { type: 'signal', to: 'karim', data });
    room.hear('ines', { type: 'signal', to: 'nobody', data });
    room.hear('stranger', { type: 'signal', to: 'karim', data });
    expect(posted).toEqual([{ to: 'karim', word: { type: 'signal', from: 'ines', data } }]);
  });

  test('names the one who has spoken longest as the speaker, and keeps them through a silence', () => {
    const { room, arrive } = setUp();
    const speaker = () => room.snapshot().speaker;
    for (const id of ['karim', 'ines']) arrive(id);
    room.hear('karim', { type: 'speaking', on: true });
    room.hear('ines', { type: 'speaking', on: true });
    expect(speaker()).toBe('karim');
    room.hear('karim', { type: 'speaking', on: false });
    expect(speaker()).toBe('ines');
    room.hear('ines', { type: 'speaking', on: false });
    expect(speaker()).toBe('ines');
    room.depart('ines');
    expect(speaker()).toBeNull();
  });

  test('obeys its moderator and nobody else', () => {
    const { room, arrive, told, self } = setUp();
    for (const id of ['karim', 'ines']) arrive(id);
    told();
    room.hear('ines', { type: 'kick', id: 'karim' });
    room.hear('ines', { type: 'mute-everyone', media: 'audio' });
    expect(told()).toEqual([]);
    room.hear('karim', { type: 'mute-everyone', media: 'audio' });
    room.hear('karim', { type: 'kick', id: 'ines' });
    expect(told()).toEqual(['ines: mute', 'ines: refused', 'karim: left']);
    room.hear('ines', { type: 'state', self: self('still here') });
    expect(told()).toEqual([]);
  });

  test('asks for the password its moderator set', () => {
    const { room, posted, arrive, told } = setUp();
    arrive('karim');
    room.hear('karim', { type: 'password', password: 'traboule' });
    told();
    arrive('ines');
    arrive('ines', 'wrong');
    expect(posted.splice(0)).toEqual(
      [1, 2].map(() => ({ to: 'ines', word: { type: 'refused', reason: 'password' } })),
    );
    arrive('ines', 'traboule');
    expect(told()).toEqual(['ines: welcome', 'karim: joined']);
  });
});

describe('the lobby', () => {
  test('keeps everybody but the first waiting until a moderator answers', () => {
    const { room, arrive, told } = setUp({ lobby: true });
    arrive('karim');
    arrive('bureau');
    expect(told()).toEqual(['karim: welcome', 'bureau: waiting', 'karim: knock']);
    expect(room.snapshot()).toMatchObject({ participants: [{ id: 'karim' }], knocking: [{ id: 'bureau' }] });
    room.hear('karim', { type: 'answer-knock', id: 'bureau', approved: true });
    expect(told()).toEqual(['karim: knock-gone', 'bureau: welcome', 'karim: joined']);
  });

  test('sends away who is not wanted', () => {
    const { room, posted, arrive } = setUp({ lobby: true });
    arrive('karim');
    arrive('bureau');
    posted.length = 0;
    room.hear('karim', { type: 'answer-knock', id: 'bureau', approved: false });
    expect(posted.at(-1)).toEqual({ to: 'bureau', word: { type: 'refused', reason: 'denied' } });
  });

  test('is not answered by those who wait in it', () => {
    const { room, arrive, told } = setUp({ lobby: true });
    arrive('karim');
    arrive('bureau');
    told();
    room.hear('bureau', { type: 'answer-knock', id: 'bureau', approved: true });
    expect(told()).toEqual([]);
  });

  test('lets everybody in when it is turned off', () => {
    const { room, arrive } = setUp({ lobby: true });
    for (const id of ['karim', 'bureau', 'ines']) arrive(id);
    room.hear('karim', { type: 'lobby', on: false });
    expect(room.snapshot().participants.map(({ id }) => id)).toEqual(['karim', 'bureau', 'ines']);
  });

  test('tells the next moderator who waits, and ends with the conference', () => {
    const { room, arrive, told } = setUp({ lobby: true });
    arrive('karim');
    arrive('ines');
    room.hear('karim', { type: 'answer-knock', id: 'ines', approved: true });
    arrive('bureau');
    told();
    room.depart('karim');
    expect(told()).toEqual(['ines: left', 'ines: role', 'ines: knock']);
    room.depart('ines');
    expect(told()).toEqual(['bureau: refused']);
    expect(room.empty).toBe(true);
  });
});
