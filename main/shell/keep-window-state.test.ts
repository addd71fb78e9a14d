import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { expect, test } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { keptInMemory } from '../store/kept.ts';
import { keepWindowState } from './keep-window-state.ts';
import { FIRST_STATE, type Rectangle } from './window-state.ts';

const NORMAL = { x: 300, y: 200, width: 900, height: 700 };
const FILLED = { x: 5, y: 23, width: 1910, height: 1172 };

/** A window that tells what it is made to tell, in the order in which a window manager of X11 does. */
class TellingWindow extends EventEmitter {
  maximized = false;
  bounds: Rectangle = NORMAL;
  restored: Rectangle = NORMAL;
  readonly isMaximized = () => this.maximized;
  readonly getBounds = () => this.bounds;
  readonly getNormalBounds = () => (this.maximized ? this.restored : this.bounds);

  tellMaximized(maximized: boolean): void {
    this.maximized = maximized;
    this.emit(maximized ? 'maximize' : 'unmaximize');
  }
  tellBounds(bounds: Rectangle): void {
    this.bounds = bounds;
    this.emit('move');
    this.emit('resize');
  }
}

function keep() {
  const window = new TellingWindow();
  const state = keptInMemory(FIRST_STATE);
  // oxlint-disable-next-line no-unsafe-type-assertion -- it has all that is asked of a window here
  keepWindowState(window as unknown as BrowserWindow, NORMAL, state, silentLog);
  const close = () => {
    window.emit('close');
    window.emit('closed');
    return state.value;
  };
  return { window, close };
}

test('a window that is maximized keeps the place and size it goes back to', () => {
  const { window, close } = keep();
  window.tellMaximized(true);
  window.tellBounds(FILLED);
  expect(close()).toEqual({ bounds: NORMAL, maximized: true });
});

test('a window that closes before it is told its normal size keeps the one it had, not all of the screen', () => {
  const { window, close } = keep();
  window.tellMaximized(true);
  window.tellBounds(FILLED);
  window.emit('close'); // kept while it was maximized, as half a second after its change
  window.tellMaximized(false);
  expect(close()).toEqual({ bounds: NORMAL, maximized: false });
});

test('a window that was told its normal size keeps that one', () => {
  const { window, close } = keep();
  window.tellMaximized(true);
  window.tellBounds(FILLED);
  window.tellMaximized(false);
  const now = { ...NORMAL, width: 1000 };
  window.tellBounds(now);
  expect(close()).toEqual({ bounds: now, maximized: false });
});
