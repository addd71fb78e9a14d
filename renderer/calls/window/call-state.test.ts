import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CallEvent, type CallState, INITIAL, myself, reduceCall, reportOf } from './call-state.ts';

const NOW = 1_000_000;

/** The state after some events, all at the same moment. */
function after(...events: CallEvent[]): CallState {
  return events.reduce((state, event) => reduceCall(state, event, NOW), INITIAL);
}

const joined: CallEvent = { type: 'joined', me: 'me', name: 'Nadia' };
const karim: CallEvent = { type: 'person-joined', id: 'k', name: 'Karim' };
const knock: CallEvent = { type: 'knock', id: 'b', name: 'Bureau Thévenet' };

describe('a call', () => {
  test('starts with the devices as the person wished them', () => {
    const state = after({ type: 'started', microphone: false, camera: true });
    expect(state).toMatchObject({ stage: { name: 'connecting' }, on: { microphone: false, camera: true } });
  });

  test('runs from the moment of joining', () => {
    expect(after(joined).stage).toEqual({ name: 'joined', since: NOW });
  });

  test('shows the conference when it asks for something, but not again once joined', () => {
    expect(after({ type: 'door' }).stage.name).toBe('door');
    expect(after(joined, { type: 'door' }).stage.name).toBe('joined');
  });

  test('hears nothing more after its end, until it is started again', () => {
    const failed = after(joined, { type: 'failed', problem: 'lost' });
    expect(reduceCall(failed, karim, NOW)).toBe(failed);
    expect(reduceCall(failed, { type: 'closed' }, NOW)).toBe(failed);
    const again = reduceCall(failed, { type: 'started', microphone: true, camera: true }, NOW);
    expect(again.stage.name).toBe('connecting');
  });

  test('forgets the trouble of a device that works again', () => {
    const state = after({ type: 'device-trouble', device: 'camera', trouble: 'busy' });
    expect(state).toMatchObject({ on: { camera: false }, trouble: { camera: 'busy' } });
    expect(reduceCall(state, { type: 'device', device: 'camera', on: true }, NOW).trouble.camera).toBeNull();
  });
});

describe('the people', () => {
  test('come with oneself first and go again', () => {
    const state = after(joined, karim, { type: 'person-joined', id: 's', name: 'Sophie' });
    expect(state.people.map(({ name }) => name)).toEqual(['Nadia', 'Karim', 'Sophie']);
    const left = reduceCall(state, { type: 'person-left', id: 'k' }, NOW);
    expect(left.people.map(({ name }) => name)).toEqual(['Nadia', 'Sophie']);
  });

  test('raise hands, get names, moderate', () => {
    const state = after(
      joined,
      karim,
      { type: 'hand', id: 'k', up: true },
      { type: 'person-renamed', id: 'k', name: 'Karim M.' },
      { type: 'moderator', id: 'me', is: true },
    );
    expect(state.people[1]).toEqual({ id: 'k', name: 'Karim M.', handUp: true, moderator: false });
    expect(myself(state)?.moderator).toBe(true);
  });

  test('speak only as long as they are there', () => {
    const state = after(joined, karim, { type: 'speaker', id: 'k' });
    expect(state.speaker).toBe('k');
    expect(reduceCall(state, { type: 'person-left', id: 'k' }, NOW).speaker).toBeNull();
    expect(reduceCall(state, { type: 'speaker', id: 'nobody' }, NOW)).toBe(state);
  });
});

describe('the waiting room', () => {
  test('keeps the order of knocking, each person once', () => {
    const state = after(joined, knock, { type: 'knock', id: 'c', name: 'École Jean Macé' }, knock);
    expect(state.knocking.map(({ id }) => id)).toEqual(['b', 'c']);
  });

  test('is left by whoever is answered or comes in', () => {
    expect(after(joined, knock, { type: 'knock-answered', id: 'b' }).knocking).toEqual([]);
    expect(after(joined, knock, { type: 'person-joined', id: 'b', name: 'B' }).knocking).toEqual([]);
  });

  test('empties when it is closed: the server lets everybody in', () => {
    expect(after(joined, knock, { type: 'lobby-set', on: false })).toMatchObject({
      lobby: false,
      knocking: [],
    });
  });
});

describe('what the app window is told', () => {
  test.each<[CallState, string]>([
    [after(), 'joining'],
    [after({ type: 'door' }), 'lobby'],
    [after(joined, karim), 'joined'],
    [after(joined, { type: 'leaving' }), 'left'],
    [after({ type: 'failed', problem: 'unreachable' }), 'left'],
  ])('%# is the phase', (state, phase) => {
    expect(reportOf(state).phase).toBe(phase);
  });

  test('names those in the call', () => {
    expect(reportOf(after(joined, karim))).toEqual({
      phase: 'joined',
      since: NOW,
      participants: [
        { id: 'me', name: 'Nadia' },
        { id: 'k', name: 'Karim' },
      ],
    });
  });
});

describe('whatever a conference says, in whatever order', () => {
  const id = fc.constantFrom('me', 'k', 's', 'b');
  const name = fc.string({ maxLength: 5 });
  const on = fc.boolean();
  const device = fc.constantFrom('microphone' as const, 'camera' as const);
  const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
    fc.record({ type: fc.constant('joined' as const), me: id, name }),
    fc.record({
      type: fc.constantFrom('person-joined' as const, 'person-renamed' as const, 'knock' as const),
      id,
      name,
    }),
    fc.record({
      type: fc.constantFrom('person-left' as const, 'speaker' as const, 'knock-answered' as const),
      id,
    }),
    fc.record({ type: fc.constant('hand' as const), id, up: on }),
    fc.record({ type: fc.constant('device' as const), device, on }),
    fc.record({ type: fc.constant('started' as const), microphone: on, camera: on }),
    fc.record({ type: fc.constantFrom('lobby-set' as const, 'sharing' as const), on }),
    fc.record({
      type: fc.constantFrom(
        'door' as const,
        'closed' as const,
        'leaving' as const,
        'trouble-dismissed' as const,
      ),
    }),
    fc.record({
      type: fc.constant('failed' as const),
      problem: fc.constantFrom('lost' as const, 'over' as const),
    }),
  );

  test('who joins a second time finds nobody there, and nobody speaking', () => {
    const first = { type: 'joined', me: 'a', name: 'A' } as const;
    const state = after(first, { type: 'speaker', id: 'a' }, { ...first, me: 'b' });
    expect(state).toMatchObject({ me: 'b', people: [{ id: 'b' }], speaker: null });
  });

  test('nobody is there twice, and nobody absent speaks', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        const state = after(...events);
        const ids = state.people.map((person) => person.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(state.speaker === null || ids.includes(state.speaker)).toBe(true);
        expect(new Set(state.knocking.map((one) => one.id)).size).toBe(state.knocking.length);
      }),
    );
  });
});
