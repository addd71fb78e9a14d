import { expect, it } from 'vitest';
import type { Notification } from '../../../preload/contract/app.ts';
import { createTexts } from '../texts.ts';
import { type NoticeRules, noticeOf } from './notice.ts';

const texts = createTexts(() => 'fr', { product: 'ENSEMBLE' });
const message: Notification = {
  id: 'a',
  salonId: '!s:test',
  title: 'Budget',
  body: 'Nadia\u202f: 120 k€',
  kind: 'message',
};
const ringing: Notification = { ...message, body: 'Nadia appelle', kind: 'ringing' };
const shown = (content: NoticeRules['content'], isLocked = false) =>
  [message, ringing]
    .map((each) => noticeOf(each, { key: 'key', account: 'nadia' }, { content, isLocked }, texts))
    .map(({ title, body, buttons, reply }) => [title, body, buttons.length, reply?.label]);

it('a notification shows what was written, or where, or nothing of it', () => {
  expect(shown('text')).toEqual([
    ['Budget', 'Nadia\u202f: 120 k€', 0, 'Répondre'],
    ['Budget', 'Nadia appelle', 2, undefined],
  ]);
  expect(shown('salon')).toEqual([
    ['Budget', 'Nouveau message', 0, undefined],
    ['Budget', 'Appel', 2, undefined],
  ]);
  expect(shown('none')).toEqual([
    ['ENSEMBLE', 'Nouveau message', 0, undefined],
    ['ENSEMBLE', 'Appel', 2, undefined],
  ]);
  expect(
    noticeOf(message, { key: 'key', account: 'nadia' }, { content: 'none', isLocked: false }, texts),
  ).toMatchObject({
    key: 'key',
    id: 'a',
    salonId: '!s:test',
    isRinging: false,
  });
});

it('before a locked screen it shows no word, and nobody can answer in another name', () => {
  for (const content of ['text', 'salon', 'none'] as const)
    expect(shown(content, true)).toEqual([
      ['ENSEMBLE', 'Nouveau message', 0, undefined],
      ['ENSEMBLE', 'Appel', 0, undefined],
    ]);
});
