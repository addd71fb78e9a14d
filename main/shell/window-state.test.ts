import { describe, expect, it } from 'vitest';
import { visibleBounds } from './window-state.ts';

const left = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 200, width: 1280, height: 800 };
const at = (x: number, y: number) => ({ bounds: { x, y, width: 1200, height: 800 }, maximized: false });

describe('the place of the window', () => {
  it('is kept where it can be found', () => {
    expect(visibleBounds(at(100, 50), [left])).toEqual(at(100, 50).bounds);
    expect(visibleBounds(at(2000, 250), [left, right])).toEqual(at(2000, 250).bounds);
    expect(visibleBounds(at(1800, 0), [left])).toEqual(at(1800, 0).bounds);
  });

  it('is given up when its screen is gone or its title bar is out of reach', () => {
    expect(visibleBounds(at(2000, 250), [left])).toBeNull();
    expect(visibleBounds(at(100, -300), [left])).toBeNull();
    expect(visibleBounds(at(100, 1060), [left])).toBeNull();
    expect(visibleBounds({ bounds: null, maximized: true }, [left])).toBeNull();
  });
});
