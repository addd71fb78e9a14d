import { describe, expect, it } from 'vitest';
import { type BadgeKind, drawBadge } from './tray-badge.ts';

const WIDTH = 24;
const plain = Buffer.alloc(WIDTH * WIDTH * 4, 7);
const KINDS: readonly BadgeKind[] = ['syncing', 'paused', 'needs-you', 'offline'];
const pointOf = (bitmap: Buffer, column: number, row: number) => {
  const at = (row * WIDTH + column) * 4;
  return [...bitmap.subarray(at, at + 4)];
};

describe("the disc on the tray's icon", () => {
  it('is in the lower right corner and leaves the rest of the icon as it is', () => {
    for (const kind of KINDS) {
      const drawn = drawBadge(plain, WIDTH, kind);
      expect(drawn).toHaveLength(plain.length);
      expect(drawn.subarray(0, WIDTH * 4 * 8)).toEqual(plain.subarray(0, WIDTH * 4 * 8));
      expect(pointOf(drawn, 3, 20)).toEqual([7, 7, 7, 7]);
      expect(pointOf(drawn, 20, 14)[3]).toBe(255);
    }
    expect(plain.every((value) => value === 7)).toBe(true);
  });

  it('has another sign for each state, white on a colour', () => {
    const signs = KINDS.map((kind) => {
      const drawn = drawBadge(plain, WIDTH, kind);
      const points = Array.from({ length: WIDTH * WIDTH }, (_, index) =>
        pointOf(drawn, index % WIDTH, Math.floor(index / WIDTH)),
      );
      return points.map((point) => (point.every((value) => value === 255) ? '#' : '.')).join('');
    });
    expect(new Set(signs).size).toBe(KINDS.length);
    for (const sign of signs) expect(sign).toContain('#');
  });
});
