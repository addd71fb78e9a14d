import { describe, expect, it } from 'vitest';
import { boundsToAsk, centred, frameBetween, visibleBounds } from './window-state.ts';

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

describe('a window’s frame', () => {
  const asked = { x: 300, y: 200, width: 900, height: 700 };
  const told = (left: number, top: number) => ({ ...asked, x: 300 + left, y: 200 + top });

  it('is what lies between the place it was asked to take and the one it tells', () => {
    expect(frameBetween(asked, told(5, 23))).toEqual({ left: 5, top: 23 });
    expect(frameBetween(asked, told(0, 37))).toEqual({ left: 0, top: 37 });
  });

  it('is none where it tells the same place, or one that somebody else chose', () => {
    expect(frameBetween(asked, asked)).toBeNull();
    expect(frameBetween(asked, told(-300, -200))).toBeNull();
    expect(frameBetween(asked, told(100, 23))).toBeNull();
    expect(frameBetween(asked, told(5, 150))).toBeNull();
  });

  it('is taken off what is kept, so that the window comes where it is, in its new size', () => {
    const now = { x: 405, y: 323, width: 1000, height: 600 };
    const kept = { x: 400, y: 300, width: 1000, height: 600 };
    expect(boundsToAsk(now, asked, { left: 5, top: 23 })).toEqual(kept);
    expect(boundsToAsk(now, asked, { left: 0, top: 0 })).toEqual(now);
  });

  it('is not known at first: the place that was asked for is kept', () => {
    expect(boundsToAsk(told(5, 23), asked, null)).toEqual(asked);
  });
});

describe('the first place of the window', () => {
  it('is the middle of the screen', () => {
    expect(centred({ width: 1280, height: 800 }, right)).toEqual({ ...right });
    expect(centred({ width: 1280, height: 800 }, left)).toEqual({ x: 320, y: 140, width: 1280, height: 800 });
  });

  it('is all of a smaller screen', () => {
    const small = { x: 10, y: 20, width: 1024, height: 600 };
    expect(centred({ width: 1280, height: 800 }, small)).toEqual(small);
  });
});
