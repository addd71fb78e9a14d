import { expect, it } from 'vitest';
import { wantsReducedEffects } from './effects.ts';

it('effects are reduced over a remote connection or when asked for, and whole on a desk', () => {
  const wants = (env: Record<string, string>, prefersReducedMotion = false) =>
    wantsReducedEffects({ env, prefersReducedMotion });
  expect(wants({ SESSIONNAME: 'RDP-Tcp#3' })).toBe(true);
  expect(wants({}, true)).toBe(true);
  expect(wants({ SESSIONNAME: 'Console', DISPLAY: ':0' })).toBe(false);
});
