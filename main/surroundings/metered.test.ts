import { expect, test } from 'vitest';
import type { AskSystem } from './ask-system.ts';
import { isMetered } from './metered.ts';

/** A system on which one program is there and says this. */
const only =
  (name: string, said: string): AskSystem =>
  ({ file }) =>
    Promise.resolve(file === name ? said : null);

test.each([
  ['busctl', 'u 1\n', true],
  ['busctl', 'u 3\n', true],
  ['busctl', 'u 0\n', false],
  ['busctl', 'u 2\n', false],
  ['busctl', 'u 4\n', false],
  ['gdbus', '(<uint32 1>,)\n', true],
  ['gdbus', '(<uint32 3>,)\n', true],
  ['gdbus', '(<uint32 4>,)\n', false],
  ['busctl', 'something else', false],
  ['nothing', '', false],
])('on Linux, %s saying %j', async (program, said, expected) => {
  expect(await isMetered('linux', only(program, said))).toBe(expected);
});

test.each([
  ['Unrestricted False\r\n', false],
  ['Unknown False\r\n', false],
  ['Fixed False\r\n', true],
  ['Variable False\r\n', true],
  ['Unrestricted True\r\n', true],
  ['', false],
])('on Windows, PowerShell saying %j', async (said, expected) => {
  expect(await isMetered('win32', only('powershell.exe', said))).toBe(expected);
});

test('where no program tells, and on macOS, no line is taken for a metered one', async () => {
  const silent: AskSystem = () => Promise.resolve(null);
  const answers = await Promise.all(
    (['linux', 'win32', 'darwin'] as const).map((os) => isMetered(os, silent)),
  );
  expect(answers).toEqual([false, false, false]);
});
