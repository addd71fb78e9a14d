import { describe, expect, it } from 'vitest';
import { Faults, globToRegExp } from './faults.ts';

const status = (code: 423 | 500) => ({ kind: 'status', status: code }) as const;

describe('fault rules', () => {
  it('bite as often as they say and then are gone', () => {
    const faults = new Faults();
    faults.add({ method: 'PUT', times: 2, effect: status(423) });
    const bites = ['PUT', 'GET', 'PUT', 'PUT'].map((method) => faults.take(method, '/x').length);
    expect(bites).toEqual([1, 0, 1, 0]);
    expect(faults.list()).toEqual([]);
  });

  it('let the first requests pass when told to', () => {
    const faults = new Faults();
    faults.add({ skip: 2, effect: status(500) });
    expect([1, 2, 3, 4].map(() => faults.take('GET', '/x').length)).toEqual([0, 0, 1, 0]);
  });

  it('stay for ever with times 0, until removed', () => {
    const faults = new Faults();
    const id = faults.add({ times: 0, effect: status(500) });
    for (let count = 0; count < 50; count += 1) faults.take('GET', '/x');
    expect(faults.list()).toMatchObject([{ id, hits: 50 }]);
    faults.remove(id);
    expect(faults.take('GET', '/x')).toEqual([]);
  });

  it('meet paths by pattern, whole and literally', () => {
    expect(globToRegExp('*/big (1).bin').test('/a/b/big (1).bin')).toBe(true);
    expect(globToRegExp('*.bin').test('/a/bxbin')).toBe(false);
    expect(globToRegExp('/a').test('/a/b')).toBe(false);
  });
});
