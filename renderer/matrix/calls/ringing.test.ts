import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asReadable } from '../events/event.ts';
import type { Ringing } from '../protocol.ts';
import { type Room, unknownRoom } from '../rooms/room.ts';
import { event, other } from '../testing/events.ts';
import { RingBook } from './ringing.ts';

const ME = '@me:x';
const conference = { domain: 'm', conferenceId: 'c', audioOnly: false, auth: 'none' } as const;

function begin() {
  let room: Room | null = { ...unknownRoom('!r'), widgets: { w: conference } };
  const posted: (readonly Ringing[])[] = [];
  const answers: (readonly string[])[] = [];
  const rings = new RingBook({
    ownId: ME,
    now: () => Date.now(),
    room: () => room,
    describe: (ring) => ({
      salonId: ring.roomId,
      salonName: 'Salon',
      callerName: ring.caller,
      conference,
      widgetId: ring.widgetId,
      ringId: ring.ringId,
      peopleThere: 0,
      until: ring.until,
    }),
    post: { ringing: (list) => posted.push(list), answers: ({ declinedBy }) => answers.push(declinedBy) },
  });
  const there = (who: string, inCall: boolean): void => {
    const member = { widgetId: 'w', device: 'D', since: 0, expires: Date.now() + 60_000 };
    if (room) room = { ...room, callMembers: inCall ? { [who]: member } : {} };
    rings.check();
  };
  return {
    rings,
    posted,
    answers,
    there,
    leave: () => {
      room = null;
      rings.check();
    },
  };
}

const ring = (sender: string, age: number) => {
  const content = {
    msgtype: 'm.text',
    body: 'x',
    'fr.traboule.ring': { widgetId: 'w', conferenceId: 'c', lifetime: 30_000 },
  };
  return asReadable(event({ id: '$ring', sender, age, content }));
};
const answer = (sender: string, what: string) =>
  other(
    '$a',
    'fr.traboule.call.answer',
    { answer: what, 'm.relates_to': { rel_type: 'm.reference', event_id: '$ring' } },
    { sender },
  );

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

describe('a ring', () => {
  test('rings for what is left of its thirty seconds by the server’s count, whatever this clock says', () => {
    const { rings, posted } = begin();
    rings.hear('!r', ring('@bo:x', 10_000));
    expect(posted.at(-1)).toMatchObject([{ until: 1_020_000 }]);
    vi.advanceTimersByTime(20_100);
    expect(posted.at(-1)).toEqual([]);
  });

  test('of the past does not ring', () => {
    const { rings, posted } = begin();
    rings.hear('!r', ring('@bo:x', 31_000));
    expect(posted).toEqual([]);
  });

  test.each([
    [
      'the caller stops it',
      ({ rings }: ReturnType<typeof begin>) => rings.hear('!r', answer('@bo:x', 'stopped')),
    ],
    [
      'this person declined elsewhere',
      ({ rings }: ReturnType<typeof begin>) => rings.hear('!r', answer(ME, 'declined')),
    ],
    ['this person joined elsewhere', ({ there }: ReturnType<typeof begin>) => there(ME, true)],
    [
      'the caller came and left',
      ({ there }: ReturnType<typeof begin>) => {
        there('@bo:x', true);
        there('@bo:x', false);
      },
    ],
    [
      'its message is deleted',
      ({ rings }: ReturnType<typeof begin>) =>
        rings.hear('!r', other('$x', 'm.room.redaction', {}, { redacts: '$ring' })),
    ],
    [
      'this PC’s clock is set back by more than a ring lasts',
      ({ rings }: ReturnType<typeof begin>) => {
        vi.setSystemTime(1_000_000 - 3_600_000);
        rings.check();
      },
    ],
    ['this person is taken out of the salon', ({ leave }: ReturnType<typeof begin>) => leave()],
  ])('ends when %s', (_why, end) => {
    const bench = begin();
    bench.rings.hear('!r', ring('@bo:x', 0));
    expect(bench.posted.at(-1)).toHaveLength(1);
    end(bench);
    expect(bench.posted.at(-1)).toEqual([]);
  });

  test('goes on when another member declines or says that it stopped', () => {
    const { rings, posted } = begin();
    rings.hear('!r', ring('@bo:x', 0));
    rings.hear('!r', answer('@cy:x', 'declined'));
    rings.hear('!r', answer('@cy:x', 'stopped'));
    expect(posted.at(-1)).toHaveLength(1);
  });

  test('of one’s own hears who declines', () => {
    const { rings, posted, answers } = begin();
    rings.hear('!r', ring(ME, 0));
    rings.hear('!r', answer('@bo:x', 'declined'));
    rings.hear('!r', answer('@bo:x', 'nonsense'));
    expect([posted, answers]).toEqual([[], [[], ['@bo:x']]]);
  });
});
