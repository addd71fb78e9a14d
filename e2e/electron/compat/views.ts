import type Electron from 'electron';
import { fill } from './fill.ts';

/** Gives windows the place for views (which are `BrowserView`s here: bundles.ts), and pages their `navigationHistory`. */
export function addViews(electron: typeof Electron): void {
  const { app, BrowserView, BrowserWindow } = electron;
  app.on('web-contents-created', (_event, contents) => {
    fill(contents, 'navigationHistory', {
      canGoBack: () => contents.canGoBack(),
      goBack: () => contents.goBack(),
    });
    // Newer ones name the address in the event itself.
    for (const name of ['will-navigate', 'will-redirect'] as const) {
      contents.on(name as 'will-navigate', (event, url) => void Object.assign(event, { url }));
    }
  });
  fill(BrowserView.prototype, 'setBackgroundColor', () => undefined);
  Object.defineProperty(BrowserWindow.prototype, 'contentView', {
    get(this: Electron.BrowserWindow) {
      return placeIn(this);
    },
  });
}

function placeIn(window: Electron.BrowserWindow) {
  return {
    get children() {
      return window.getBrowserViews();
    },
    addChildView: (view: Electron.BrowserView) => window.addBrowserView(view),
    removeChildView: (view: Electron.BrowserView) => window.removeBrowserView(view),
  };
}
