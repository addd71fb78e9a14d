import { describe, expect, it } from 'vitest';
import { wantsReducedEffects } from './effects.ts';

const wants = (env: Record<string, string>, prefersReducedMotion = false) =>
  wantsReducedEffects({ env, prefersReducedMotion });

describe('effects', () => {
  it('are reduced over a remote connection or when asked for', () => {
    expect(wants({ SESSIONNAME: 'RDP-Tcp#3' })).toBe(true);
    expect(wants({ SESSIONNAME: 'ICA-CGP-1' })).toBe(true);
    expect(wants({ SSH_CONNECTION: '1 2 3 4', DISPLAY: 'localhost:10.0' })).toBe(true);
    expect(wants({}, true)).toBe(true);
  });

  it('are whole on a desk', () => {
    expect(wants({ SESSIONNAME: 'Console', DISPLAY: ':0' })).toBe(false);
  });
});
