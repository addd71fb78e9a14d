import { expect, test } from 'vitest';
import { askedToWait, errorOf, isPassing, toCommandError } from './chat-error.ts';

test.each([
  [401, { errcode: 'M_UNKNOWN_TOKEN', soft_logout: true }, 'signed-out', false],
  [401, null, 'refused', false],
  [403, { errcode: 'M_FORBIDDEN' }, 'refused', false],
  [404, { errcode: 'M_UNRECOGNIZED' }, 'unsupported', false],
  [404, null, 'not-found', false],
  [413, null, 'too-large', false],
  [400, { errcode: 'M_TOO_LARGE' }, 'too-large', false],
  [429, { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 1500 }, 'rate-limited', true],
  [502, '<html>', 'offline', true],
  [400, { errcode: 7 }, 'unknown', false],
])('HTTP %d with %j is %s', (status, body, code, passing) => {
  const error = errorOf(status, body, null);
  expect(toCommandError(error).code).toBe(code);
  expect(isPassing(error)).toBe(passing);
});

test.each([
  [{ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 1500 }, null, 1500],
  [{ errcode: 'M_LIMIT_EXCEEDED' }, '3', 3000],
  [{ errcode: 'M_LIMIT_EXCEEDED' }, 'Wed, 21 Oct 2026 07:28:00 GMT', 0],
  [{ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: -5 }, null, 0],
  // A timer can't be set for longer than 24 days and would fire at once.
  [{ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 1e12 }, null, 3_600_000],
])('a server that answers %j and Retry-After %s is given its time', (body, header, ms) => {
  expect(askedToWait(errorOf(429, body, header))).toBe(ms);
});
