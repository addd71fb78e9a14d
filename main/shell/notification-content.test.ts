import { expect, it } from 'vitest';
import { withAllowedContent } from './notification-content.ts';
import { createTexts } from './texts.ts';

const texts = createTexts(() => 'fr', { product: 'ENSEMBLE' });
const message = {
  id: 'a',
  salonId: '!s:test',
  title: 'Budget',
  body: 'Nadia\u202f: 120 k€',
  kind: 'message' as const,
};
const ringing = { ...message, body: 'Nadia appelle', kind: 'ringing' as const };
const shown = (content: 'text' | 'salon' | 'none') =>
  [message, ringing]
    .map((each) => withAllowedContent(each, content, texts))
    .map(({ title, body }) => [title, body]);

it('a notification shows what was written, or where, or nothing of it', () => {
  expect(shown('text')).toEqual([
    ['Budget', 'Nadia\u202f: 120 k€'],
    ['Budget', 'Nadia appelle'],
  ]);
  expect(shown('salon')).toEqual([
    ['Budget', 'Nouveau message'],
    ['Budget', 'Appel'],
  ]);
  expect(shown('none')).toEqual([
    ['ENSEMBLE', 'Nouveau message'],
    ['ENSEMBLE', 'Appel'],
  ]);
  expect(withAllowedContent(message, 'none', texts)).toMatchObject({
    id: 'a',
    salonId: '!s:test',
    kind: 'message',
  });
});
