import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FolderLink } from '../../../preload/contract/values.ts';
import {
  nameIn,
  parseCallMember,
  parseFolder,
  parseHistoryVisibility,
  parseMember,
  parsePowerLevels,
  parseWidget,
} from './state.ts';

const folder = { server: 'https://files.example', fileId: '12', name: 'Quais', access: 'shares' };
const widget = {
  type: 'jitsi',
  url: 'https://meet.example/jitsi.html',
  data: { domain: 'meet.example', conferenceId: 'abc' },
};

/** What anybody who may write a salon's state can put there. */
describe('a malformed state event', () => {
  test.each([
    {},
    { ...folder, server: 'javascript:alert(1)' },
    { ...folder, server: 'https://nadia:secret@files.example' },
    { ...folder, fileId: '../12' },
    { ...folder, fileId: 12 },
    { ...folder, fileId: '' },
    { ...folder, name: ['Quais'] },
    { ...folder, access: 'everything' },
  ])('of a folder is no folder: %j', (content) => {
    expect(parseFolder(folder)).toEqual(folder);
    expect(parseFolder(content)).toBeNull();
  });

  test.each([
    {},
    { ...widget, type: 'm.custom' },
    { ...widget, url: '' },
    { ...widget, data: { ...widget.data, domain: 'meet.example/evil?' } },
    { ...widget, data: { ...widget.data, domain: 'user@meet.example' } },
    { ...widget, data: { ...widget.data, conferenceId: 7 } },
    { ...widget, data: { ...widget.data, conferenceId: '../admin' } },
    { ...widget, data: null },
  ])('of a call is no call: %j', (content) => {
    expect(parseWidget(widget)).toMatchObject({ domain: 'meet.example', conferenceId: 'abc' });
    expect(parseWidget(content)).toBeNull();
  });

  test('of power levels takes the defaults in the place of what is wrong', () => {
    const levels = parsePowerLevels({
      users: { '@a:x': '100' },
      invite: 'everyone',
      state_default: [],
      redact: 75,
    });
    expect(levels).toMatchObject({ users: {}, invite: 0, state_default: 50, redact: 75 });
  });

  test('of a person or a name of the wrong type is no person, or one without a name', () => {
    expect(parseMember({ membership: 'emperor' })).toBeNull();
    expect(
      parseMember({ membership: 'join', displayname: { bold: 'x' }, avatar_url: 'https://x/y.svg' }),
    ).toEqual({
      membership: 'join',
      name: null,
      avatar: null,
    });
    expect(nameIn({ name: 12 }, 'name')).toBeNull();
    expect(nameIn({ name: 'x'.repeat(10_000) }, 'name')).toHaveLength(200);
  });

  test('of any kind is read without an error, and a folder or call that is read is a right one', () => {
    const key = fc.constantFrom(
      ...Object.keys(folder),
      ...Object.keys(widget),
      'membership',
      'users',
      'expires',
    );
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), (content) => {
        const found = parseFolder(content);
        if (found) FolderLink.parse(found);
        parseWidget(content);
        parseMember(content);
        parseCallMember(content, 0);
        parsePowerLevels(content);
        expect(['invited', 'joined', 'shared', 'world_readable']).toContain(parseHistoryVisibility(content));
      }),
    );
  });
});
