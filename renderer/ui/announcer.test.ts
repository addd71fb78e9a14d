import { expect, test } from 'vitest';
import { Announcer } from './announcer.tsx';

test('a line replaces the one before, and the same line again is another one', async () => {
  const { lines, say } = new Announcer();
  say('Karim : oui');
  await Promise.resolve();
  say('Karim : oui');
  expect(lines.get().polite).toBe('Karim : oui\u00a0');
  await Promise.resolve();
  say('Inès : non');
  expect(lines.get()).toEqual({ polite: 'Inès : non', assertive: '' });
});

test('lines of one moment are all said, each at its own urgency', () => {
  const { lines, say } = new Announcer();
  say('un');
  say('deux');
  say('Karim vous appelle', 'assertive');
  expect(lines.get()).toEqual({ polite: 'un\ndeux', assertive: 'Karim vous appelle' });
});

test('nothing to say leaves what is said', () => {
  const { lines, say } = new Announcer();
  say('un');
  say('');
  expect(lines.get().polite).toBe('un');
});
