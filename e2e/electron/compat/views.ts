import {
  BrowserView,
  type BrowserWindow,
  type Rectangle,
  type WebContentsViewConstructorOptions,
} from 'electron';

/** Electron 45's View, as far as a window's content view is one. */
export class View {
  children: View[] = [];
  setBounds(_bounds: Rectangle): void {}
  addChildView(_child: View): void {}
  removeChildView(_child: View): void {}
}

/** Electron 45's WebContentsView on a BrowserView. */
export class WebContentsView extends View {
  readonly page: BrowserView;
  host: BrowserWindow | undefined;

  constructor(options: WebContentsViewConstructorOptions = {}) {
    super();
    this.page = new BrowserView(options);
  }
  get webContents() {
    return this.page.webContents;
  }
  override setBounds(bounds: Rectangle): void {
    this.page.setBounds(bounds);
  }
  getBounds(): Rectangle {
    return this.page.getBounds();
  }
  setBackgroundColor(color: string): void {
    this.page.setBackgroundColor(color);
  }
  setBorderRadius(_radius: number): void {}
  setVisible(visible: boolean): void {
    if (visible) this.host?.addBrowserView(this.page);
    else this.host?.removeBrowserView(this.page);
  }
}

/** The content view of a window: its child views are the window's browser views. */
class ContentView extends View {
  readonly #window: BrowserWindow;
  constructor(window: BrowserWindow) {
    super();
    this.#window = window;
  }
  override addChildView(child: View): void {
    this.children = [...this.children.filter((other) => other !== child), child];
    if (!(child instanceof WebContentsView)) return;
    child.host = this.#window;
    this.#window.addBrowserView(child.page);
  }
  override removeChildView(child: View): void {
    this.children = this.children.filter((other) => other !== child);
    if (child instanceof WebContentsView) this.#window.removeBrowserView(child.page);
  }
  getBounds(): Rectangle {
    const { width, height } = this.#window.getContentBounds();
    return { x: 0, y: 0, width, height };
  }
}

/** Gives every window its `contentView`. */
export function addViews(windowClass: typeof BrowserWindow): void {
  const views = new WeakMap<BrowserWindow, ContentView>();
  Object.defineProperty(windowClass.prototype, 'contentView', {
    configurable: true,
    get(this: BrowserWindow) {
      const view = views.get(this) ?? new ContentView(this);
      views.set(this, view);
      return view;
    },
  });
}
