import { expect, test } from 'vitest';
import { runningTime, runningTimeCode } from './running-time.ts';

test.each([
  [-5, '0:00', 'PT0M0S'],
  [7_900, '0:07', 'PT0M7S'],
  [768_000, '12:48', 'PT12M48S'],
  [3_723_000, '1:02:03', 'PT62M3S'],
])('%i ms reads %s', (milliseconds, text, code) => {
  expect(runningTime(milliseconds)).toBe(text);
  expect(runningTimeCode(milliseconds)).toBe(code);
});
