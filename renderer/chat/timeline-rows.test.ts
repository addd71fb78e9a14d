import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { karim, nadia, sophie } from '../../e2e/gallery/world/people.ts';
import { item, text } from '../../e2e/gallery/world/timeline.ts';
import type { TimelineItem, TimelineSnapshot } from '../matrix/protocol.ts';
import type { Sending } from '../salons/stores/transfers-store.ts';
import { countNew, timelineRows } from './timeline-rows.ts';

const NOON = new Date(2026, 10, 20, 12, 0).getTime();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const snapshot = (...items: TimelineItem[]): TimelineSnapshot => ({
  salonId: '!a:example',
  items,
  older: 'start',
  typing: [],
  readUpTo: null,
});
const kinds = (...args: Parameters<typeof timelineRows>) =>
  timelineRows(...args).map((row) => (row.kind === 'message' && row.continued ? 'continued' : row.kind));

function sending(salonId: string, at: number, fileId: string | null = null): Sending {
  const step = fileId === null ? ({ step: 'kept' } as const) : ({ step: 'done', fileId } as const);
  return {
    transfer: { transferId: crypto.randomUUID(), salonId, path: 'a.pdf', size: 1, step },
    at,
    message: 'later',
  };
}

describe('the rows of a conversation', () => {
  it('put several messages of one person under one name', () => {
    const messages = [
      item(karim, NOON, text('un')),
      item(karim, NOON + MINUTE, text('deux')),
      item(sophie, NOON + 2 * MINUTE, text('trois')),
      item(sophie, NOON + 9 * MINUTE, text('plus tard')),
    ];
    expect(kinds(snapshot(...messages), [], null)).toEqual([
      'edge',
      'day',
      'message',
      'continued',
      'message',
      'message',
    ]);
  });

  it('begin a day with its date and a name', () => {
    const messages = [item(karim, NOON, text('hier')), item(karim, NOON + DAY, text('aujourd’hui'))];
    expect(kinds(snapshot(...messages), [], null)).toEqual(['edge', 'day', 'message', 'day', 'message']);
  });

  it('draw the line "new" after what was read, unless only one’s own follows', () => {
    const read = item(karim, NOON, text('lu'));
    const fresh = item(karim, NOON + MINUTE, text('nouveau'));
    expect(kinds(snapshot(read, fresh), [], read.eventId)).toEqual([
      'edge',
      'day',
      'message',
      'new',
      'message',
    ]);
    const own = item(nadia, NOON + MINUTE, text('de moi'));
    expect(kinds(snapshot(read, own), [], read.eventId)).not.toContain('new');
    expect(kinds(snapshot(read, fresh), [], '$unknown')).not.toContain('new');
    expect(countNew([read, own, fresh], read.eventId)).toBe(1);
  });

  it('join what happened to the salon into one row', () => {
    const joined = (at: number, who: string) =>
      item(karim, at, { kind: 'membership', change: 'joined', who });
    const rows = timelineRows(
      snapshot(joined(NOON, 'a'), joined(NOON, 'b'), item(karim, NOON, text('bonjour'))),
      [],
      null,
    );
    expect(rows.map((row) => row.kind)).toEqual(['edge', 'day', 'events', 'message']);
    expect(rows[2]).toMatchObject({ items: [{}, {}] });
    expect(rows[3]).toMatchObject({ continued: false });
  });

  it('end with the files of this salon that are on their way', () => {
    const own = item(nadia, NOON, text('voici'));
    const here = sending('!a:example', NOON + MINUTE);
    expect(timelineRows(snapshot(own), [here, sending('!b:example', NOON)], null).at(-1)).toMatchObject({
      kind: 'sending',
      sending: here,
      continued: true,
    });
  });

  it('show a file once: by its message, as soon as that is there', () => {
    const card = item(nadia, NOON, {
      kind: 'folder-file',
      path: 'a.pdf',
      fileId: '7',
      size: 1,
      mimeType: 'application/pdf',
    });
    expect(kinds(snapshot(card), [sending('!a:example', NOON, '7')], null)).not.toContain('sending');
    expect(kinds(snapshot(card), [sending('!a:example', NOON, '8')], null)).toContain('sending');
  });

  it('hold each message once, in order, whatever comes', () => {
    const anyItem = fc.record({
      sender: fc.constantFrom(karim, sophie, nadia),
      minutes: fc.nat(5000),
      event: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyItem), fc.nat(40), (drawn, readAt) => {
        const items = drawn
          .toSorted((a, b) => a.minutes - b.minutes)
          .map(({ sender, minutes, event }) =>
            item(sender, NOON + minutes * MINUTE, event ? { kind: 'created' } : text('x')),
          );
        const rows = timelineRows(snapshot(...items), [], items[readAt]?.eventId ?? null);
        const shown = rows.flatMap((row) =>
          row.kind === 'message' ? [row.item] : row.kind === 'events' ? row.items : [],
        );
        expect(shown).toEqual(items);
        expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
        const orphans = rows.filter(
          (row, index) => row.kind === 'message' && row.continued && rows[index - 1]?.kind !== 'message',
        );
        expect(orphans).toEqual([]);
      }),
    );
  });
});
