import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { faintPairs } from './check/contrast.ts';
import { paletteOf } from './palette.ts';

it('makes readable colours in both themes of any colour at all', () => {
  const channel = fc.integer({ min: 0, max: 255 }).map((value) => value.toString(16).padStart(2, '0'));
  const colour = fc.tuple(channel, channel, channel).map((channels) => `#${channels.join('')}`);
  fc.assert(
    fc.property(colour, (main) => {
      expect(faintPairs(paletteOf(main))).toEqual([]);
    }),
    { numRuns: 300, examples: [['#ffffff'], ['#000000'], ['#ffff00'], ['#ff0000'], ['#777777']] },
  );
});

it('leaves a colour that can be read as it is', () => {
  expect(paletteOf('#0a6270').light.accent).toBe('#0a6270');
});
