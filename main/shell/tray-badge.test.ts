import { describe, expect, it } from 'vitest';
import { type BadgeKind, badgeOf, drawBadge } from './tray-badge.ts';

const WIDTH = 24;
const plain = Buffer.alloc(WIDTH * WIDTH * 4, 7);
const KINDS: readonly BadgeKind[] = ['in-call', 'syncing', 'paused', 'needs-you', 'offline'];
const ACCENT = '#24557a';
const pointOf = (bitmap: Buffer, column: number, row: number) => {
  const at = (row * WIDTH + column) * 4;
  return [...bitmap.subarray(at, at + 4)];
};

describe("the disc on the tray's icon", () => {
  it('is in the lower right corner and leaves the rest of the icon as it is', () => {
    for (const kind of KINDS) {
      const drawn = drawBadge(plain, WIDTH, kind, ACCENT);
      expect(drawn).toHaveLength(plain.length);
      expect(drawn.subarray(0, WIDTH * 4 * 8)).toEqual(plain.subarray(0, WIDTH * 4 * 8));
      expect(pointOf(drawn, 3, 20)).toEqual([7, 7, 7, 7]);
      expect(pointOf(drawn, 20, 14)[3]).toBe(255);
    }
    expect(plain.every((value) => value === 7)).toBe(true);
  });

  it('has another sign for each state, white on a colour', () => {
    const signs = KINDS.map((kind) => {
      const drawn = drawBadge(plain, WIDTH, kind, ACCENT);
      const points = Array.from({ length: WIDTH * WIDTH }, (_, index) =>
        pointOf(drawn, index % WIDTH, Math.floor(index / WIDTH)),
      );
      return points.map((point) => (point.every((value) => value === 255) ? '#' : '.')).join('');
    });
    expect(new Set(signs).size).toBe(KINDS.length);
    for (const sign of signs) expect(sign).toContain('#');
  });

  it('is of the brand where all is well, and has a white rim for dark panels', () => {
    const drawn = drawBadge(plain, WIDTH, 'syncing', '#8040c0');
    expect(pointOf(drawn, 17, 13)).toEqual([0xc0, 0x40, 0x80, 255]);
    expect(pointOf(drawn, 17, 10)).toEqual([255, 255, 255, 255]);
    expect(pointOf(drawBadge(plain, WIDTH, 'offline', '#8040c0'), 17, 13)).not.toEqual([
      0xc0, 0x40, 0x80, 255,
    ]);
  });

  it('says a call before anything else, and nothing where all is done', () => {
    expect(badgeOf('needs-you', true, 'reached')).toBe('in-call');
    expect(badgeOf('needs-you', false, 'reached')).toBe('needs-you');
    expect([badgeOf('none', false, 'reached'), badgeOf('up-to-date', false, 'reached')]).toEqual([
      null,
      null,
    ]);
  });

  it('says that the servers are away, but nothing before what needs the person', () => {
    expect(badgeOf('up-to-date', false, 'silent')).toBe('offline');
    expect(badgeOf('none', false, 'no-network')).toBe('offline');
    expect(badgeOf('needs-you', false, 'stranger')).toBe('needs-you');
    expect(badgeOf('needs-you', true, 'stranger')).toBe('in-call');
  });
});
