import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reuse } from './reuse.ts';

describe('reuse', () => {
  it('gives back what was there when nothing changed', () => {
    const previous = { salons: [{ id: 'a', name: 'A', call: null }], total: 1 };
    expect(reuse(previous, structuredClone(previous))).toBe(previous);
  });

  it('keeps the identity of what did not change, also when the order did', () => {
    const previous = {
      salons: [
        { id: 'a', unread: 0 },
        { id: 'b', unread: 0 },
      ],
    };
    const next = reuse(previous, {
      salons: [
        { id: 'b', unread: 1 },
        { id: 'a', unread: 0 },
      ],
    });
    expect(next.salons[1]).toBe(previous.salons[0]);
    expect(next.salons[0]).toEqual({ id: 'b', unread: 1 });
  });

  it('sees that a property went', () => {
    expect(reuse<object>({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  });

  it('takes a name that objects inherit for a name like another', () => {
    const odd = JSON.parse('{"__proto__":false,"toString":1}');
    expect(Object.entries(reuse<object>({}, odd))).toEqual(Object.entries(odd));
    expect(reuse(odd, structuredClone(odd))).toBe(odd);
  });

  it('is always equal to what is new', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (previous, next) => {
        expect(reuse<unknown>(previous, next)).toEqual(next);
      }),
    );
  });
});
