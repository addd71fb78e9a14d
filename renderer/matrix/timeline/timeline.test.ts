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
  // Answers that are under way while other things happen.
  fc.record({ kind: fc.constant('ask newest' as const), count: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ kind: fc.constant('ask older' as const), count: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ kind: fc.constant('answered' as const), count: fc.constant(0) }),
);

test('whatever is missed, asked for or forgotten: no holes, no doubles, in the server’s order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const timeline = new Timeline(null);
      let said = 100;
      let answers: (() => void)[] = [];
      const page = (from: number, to: number) => ({
        events: range(from, to),
        older: from === 0 ? null : String(from),
      });
      const askNewest = (count: number) => {
        const newestPage = page(Math.max(0, said - count), said);
        const { misses } = timeline;
        answers.push(() => timeline.refresh(newestPage, misses));
      };
      const askOlder = (count: number) => {
        const { older } = timeline;
        if (older.kind !== 'token') return;
        const { token } = older;
        const olderPage = page(Math.max(0, Number(token) - count), Number(token));
        answers.push(() => timeline.prepend(olderPage, token));
      };
      const answer = () => {
        for (const take of answers) take();
        answers = [];
      };
      const newest = (count: number) => {
        answer();
        if (!timeline.stale) return;
        askNewest(count);
        answer();
      };
      for (const { kind, count } of steps) {
        if (kind === 'said') {
          timeline.append(range(said, said + count));
          said += count;
        } else if (kind === 'missed') {
          said += count;
          timeline.miss();
        } else if (kind === 'closed') timeline.trim();
        else if (kind === 'ask newest') askNewest(count);
        else if (kind === 'answered') answer();
        else if (kind === 'refresh' || timeline.stale) newest(count);
        else {
          askOlder(kind === 'ask older' ? count : count * 20);
          if (kind === 'older') answer();
        }
      }
      newest(5);
      const known = ids(timeline);
      expect(known).toEqual(range(said - known.length, said).map(({ event }) => event.id));
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
  const stored = new Timeline(before.stored(1, 1));
  expect(stored.stale).toBe(true);
  expect(ids(stored)).toHaveLength(30);
  stored.refresh({ events: range(25, 40), older: '25' });
  expect(ids(stored)).toEqual(range(25, 40).map(({ event }) => event.id));
  expect(stored.older).toEqual({ kind: 'token', token: '25' });
});
