import { describe, expect, it } from 'vitest';
import { OfferedFiles } from './offers.ts';

describe('offered files', () => {
  it('are taken once, by the token only', () => {
    const offered = new OfferedFiles();
    const [token] = offered.offer(['/home/camille/plan.pdf']);
    expect(offered.take(token ?? '')).toBe('/home/camille/plan.pdf');
    expect(() => offered.take(token ?? '')).toThrow('not-found');
    expect(() => offered.take('/home/camille/plan.pdf')).toThrow('not-found');
  });

  it('have no token when they lie on no disk', () => {
    expect(new OfferedFiles().offer(['', 'plan.pdf'])).toEqual([null, null]);
  });

  it('are forgotten when a thousand others came after them', () => {
    const offered = new OfferedFiles();
    const [first] = offered.offer(['/a']);
    offered.offer(Array.from({ length: 1000 }, (_, n) => `/b${n}`));
    expect(() => offered.take(first ?? '')).toThrow('not-found');
  });
});
