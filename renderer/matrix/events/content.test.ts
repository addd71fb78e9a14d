import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reduceRoom } from '../rooms/reduce.ts';
import { classicCrypto, classicRooms, parseClassicAnswer } from '../sync/classic-wire.ts';
import { parseSlidingAnswer, slidingCrypto, slidingRooms } from '../sync/sliding-wire.ts';
import { delta, event, other } from '../testing/events.ts';
import { contentOf, draftLine, MAX_TEXT, relationOf } from './content.ts';
import { asReadable } from './event.ts';
import type { MediaSource } from './media-source.ts';

const sources: MediaSource[] = [];
const media = { add: (source: MediaSource) => sources.push(source) };
const content = (type: string, raw: Record<string, unknown>, stateKey: string | null = null) =>
  contentOf(other('$1', type, raw, { stateKey }), media);

describe('messages', () => {
  test('a text of ten megabytes is cut and its formatting left out', () => {
    const shown = content('m.room.message', {
      msgtype: 'm.text',
      body: 'a'.repeat(10_000_000),
      format: 'org.matrix.custom.html',
      formatted_body: 'b'.repeat(10_000_000),
    });
    expect(shown).toEqual({ kind: 'text', text: 'a'.repeat(MAX_TEXT), html: null, notice: false, cut: true });
  });

  test.each([
    [
      'the quote of the answered message goes',
      '> <@bo:x> on se voit\n> à 9h ?\n\noui\n> non',
      true,
      'oui\n> non',
    ],
    ['a quote somebody wrote stays', '> à 9h ?\n\noui', false, '> à 9h ?\n\noui'],
    ['an answer that quotes nothing stays', 'oui', true, 'oui'],
  ])('%s', (_which, body, isReply, shown) => {
    const relates = isReply ? { 'm.relates_to': { 'm.in_reply_to': { event_id: '$1' } } } : {};
    expect(content('m.room.message', { msgtype: 'm.text', body, ...relates })).toMatchObject({ text: shown });
  });

  test('an encrypted picture keeps its key in the worker', () => {
    const file = {
      url: 'mxc://x/abc',
      key: { k: 'A'.repeat(43), alg: 'A256CTR', kty: 'oct', key_ops: [], ext: true },
      iv: 'aXY',
      hashes: { sha256: 'aGFzaA' },
      v: 'v2',
    };
    const shown = content('m.room.message', {
      msgtype: 'm.image',
      body: 'plan.png',
      file,
      info: { w: 4, h: 3, mimetype: 'image/png' },
    });
    expect(shown).toEqual({
      kind: 'image',
      name: 'plan.png',
      media: { key: 'mxc://x/abc aGFzaA', mimeType: 'image/png', size: null },
      thumbnail: null,
      width: 4,
      height: 3,
    });
    expect(JSON.stringify(shown)).not.toContain('AAAA');
    expect(sources.at(-1)).toMatchObject({ mxc: 'mxc://x/abc', file: { key: 'A'.repeat(43) } });
  });

  test('a file of the salon’s folder is a card', () => {
    const shown = content('m.room.message', {
      msgtype: 'm.text',
      body: 'x',
      'fr.traboule.file': { path: 'Plans/façade.pdf', file_id: '12', size: 5, mimetype: 'application/pdf' },
    });
    expect(shown).toMatchObject({ kind: 'folder-file', path: 'Plans/façade.pdf', fileId: '12' });
    expect(shown && draftLine(shown)).toEqual({ kind: 'file', name: 'façade.pdf' });
  });

  test('a widget that was emptied is a call that ended', () => {
    const widget = { type: 'jitsi', url: 'https://m/', data: { domain: 'm', conferenceId: 'c' } };
    const ended = contentOf(
      asReadable(
        event({ id: '$w', type: 'im.vector.modular.widgets', stateKey: 'w', content: {}, previous: widget }),
      ),
      media,
    );
    expect(ended).toMatchObject({ kind: 'call', ended: true, conference: { domain: 'm' } });
    expect(content('im.vector.modular.widgets', { ...widget, url: '' }, 'w')).toBeNull();
    expect(content('im.vector.modular.widgets', { ...widget, type: 'm.etherpad' }, 'w')).toBeNull();
  });
});

const TYPES = [
  'm.room.message',
  'm.sticker',
  'm.reaction',
  'm.room.member',
  'm.room.name',
  'm.room.create',
  'm.room.encryption',
  'm.room.redaction',
  'im.vector.modular.widgets',
  'fr.traboule.folder',
  'fr.traboule.call.member',
];
const KEYS = [
  'msgtype',
  'body',
  'url',
  'file',
  'info',
  'm.relates_to',
  'm.new_content',
  'fr.traboule.file',
  'fr.traboule.ring',
  'membership',
  'name',
  'data',
  'type',
  'format',
  'formatted_body',
  'algorithm',
];
const ROOM_KEYS = [
  'initial',
  'timeline',
  'required_state',
  'state',
  'invite_state',
  'heroes',
  'summary',
  'ephemeral',
  'account_data',
  'num_live',
];
const anyContent = fc.dictionary(
  fc.oneof(fc.constantFrom(...KEYS), fc.string()),
  fc.oneof(fc.jsonValue(), fc.constantFrom('m.text', 'm.image', 'jitsi', 'join')),
);

test('whatever another client writes shows as something or nothing, in texts of bounded length', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TYPES),
      anyContent,
      fc.constantFrom(null, '', '@me:x'),
      (type, raw, stateKey) => {
        const readable = other('$1', type, raw, { stateKey });
        const shown = contentOf(readable, media);
        if (shown) draftLine(shown);
        relationOf({ type, content: raw });
        const room = reduceRoom(null, delta({ initial: true, timeline: [readable.event] }), [readable], {
          ownId: '@me:x',
          now: 0,
          decide: () => ({ notify: true, highlight: false }),
        });
        expect(JSON.stringify([shown, room?.recent]).length).toBeLessThan(2 * MAX_TEXT + 1000);
      },
    ),
    { numRuns: 2000 },
  );
});

test('whatever a server answers, once its outer shape is right, every room is read', () => {
  const room = fc.dictionary(fc.constantFrom(...ROOM_KEYS), fc.jsonValue());
  const rooms = fc.dictionary(
    fc.string().map((text) => `!${text}`),
    fc.oneof(room, fc.jsonValue()),
  );
  fc.assert(
    fc.property(rooms, fc.jsonValue(), (byId, odd) => {
      const sliding = parseSlidingAnswer({ pos: '1', rooms: byId, lists: odd, extensions: odd });
      const ids = new Set(slidingRooms(sliding).map((one) => one.roomId));
      expect(Object.keys(byId).every((id) => ids.has(id))).toBe(true);
      expect(slidingCrypto(sliding, false).sliding).toBe(true);
      const answer = {
        next_batch: '1',
        rooms: { join: byId, leave: odd },
        to_device: odd,
        device_lists: odd,
      };
      const classic = parseClassicAnswer(answer);
      expect(classicRooms(classic, () => true).length).toBeGreaterThanOrEqual(Object.keys(byId).length);
      expect(classicCrypto(classic, false).sliding).toBe(false);
    }),
    { numRuns: 1000 },
  );
});
