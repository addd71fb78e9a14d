import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRange } from './ranges.ts';

const file = { etag: '"e"', mtime: 1_000, size: 26 };
const choose = (range: string, ifRange?: string) => chooseRange({ range, ifRange }, file);

describe('a Range', () => {
  it('always lies within the file when it is honoured', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.nat(40),
        fc.nat(30),
        fc.constantFrom('both', 'open', 'suffix'),
        (a, b, size, form) => {
          const range = { both: `bytes=${a}-${b}`, open: `bytes=${a}-`, suffix: `bytes=-${b}` }[form];
          const chosen = chooseRange({ range, ifRange: undefined }, { ...file, size });
          const isWithin = chosen.kind !== 'part' || (chosen.from >= 0 && chosen.to < size);
          expect(isWithin).toBe(true);
        },
      ),
    );
  });

  it('counts from the end when it has no start', () => {
    expect(choose('bytes=-3')).toEqual({ kind: 'part', from: 23, to: 25 });
  });

  it('in several parts or other units means the whole file', () => {
    expect([choose('bytes=0-1,4-5'), choose('lines=1-2')]).toEqual([{ kind: 'whole' }, { kind: 'whole' }]);
  });

  it('with an If-Range that no longer holds means the whole file', () => {
    expect(choose('bytes=0-1', '"old"')).toEqual({ kind: 'whole' });
    expect(choose('bytes=0-1', '"e"').kind).toBe('part');
  });
});
