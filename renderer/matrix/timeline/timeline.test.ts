import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { text } from '../testing/events.ts';
import { Timeline } from './timeline.ts';

const ids = (timeline: Timeline): readonly string[] => timeline.events.map(({ event }) => event.id);
const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => text(`$${from + index}`, from + index));

/** What can happen to a conversation. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('said' as const), count: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('missed' as const), count: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constant('refresh' as const), count: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ kind: fc.constant('older' as const), count: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ kind: fc.constant('closed' as const), count: fc.constant(0) }),
);

test('whatever is missed, asked for or forgotten: no holes, no doubles, in the server’s order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const timeline = new Timeline(null);
      let said = 20;
      const newest = (count: number) => {
        const from = Math.max(0, said - count);
        timeline.refresh({ events: range(from, said), older: from === 0 ? null : String(from) });
      };
      for (const { kind, count } of steps) {
        if (kind === 'said') {
          timeline.append(range(said, said + count));
          said += count;
        } else if (kind === 'missed') {
          said += count;
          timeline.miss();
        } else if (kind === 'closed') timeline.trim();
        else if (kind === 'refresh' || timeline.stale) newest(count);
        else if (timeline.older.kind === 'token') {
          const to = Number(timeline.older.token);
          const from = Math.max(0, to - count);
          timeline.prepend({ events: range(from, to), older: from === 0 ? null : String(from) });
        }
      }
      newest(5);
      const known = ids(timeline);
      expect(known).toEqual(range(said - known.length, said).map(({ event }) => event.id));
      expect(known.length).toBeGreaterThanOrEqual(Math.min(5, said));
      const { older } = timeline;
      const begin = older.kind === 'token' ? Number(older.token) : 0;
      expect(known[0]).toBe(`$${begin}`);
    }),
  );
});

test('a message of this device stands last until the sync tells its place', () => {
  const timeline = new Timeline(null);
  timeline.refresh({ events: range(0, 3), older: null });
  timeline.addSent(text('$mine', 3));
  expect(ids(timeline)).toEqual(['$0', '$1', '$2', '$mine']);
  timeline.append([text('$before', 3), text('$mine', 4), text('$after', 5)]);
  expect(ids(timeline)).toEqual(['$0', '$1', '$2', '$before', '$mine', '$after']);
});

test('what was stored is shown, and joined to the server’s newest when they overlap', () => {
  const before = new Timeline(null);
  before.refresh({ events: range(0, 30), older: 'x' });
  const stored = new Timeline(before.stored(1));
  expect(stored.stale).toBe(true);
  expect(ids(stored)).toHaveLength(30);
  stored.refresh({ events: range(25, 40), older: '25' });
  expect(ids(stored)).toEqual(range(25, 40).map(({ event }) => event.id));
  expect(stored.older).toEqual({ kind: 'token', token: '25' });
});
