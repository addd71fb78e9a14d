import {
  app,
  BrowserWindow,
  type ContextMenuParams,
  clipboard,
  Menu,
  type MenuItemConstructorOptions,
  type WebContents,
} from 'electron';
import { type ContextEntry, contextEntries } from './context-entries.ts';
import type { Texts } from './texts.ts';

/** What the menu of a right click is made with. */
export interface ContextMenuParts {
  readonly texts: Texts;
  /** Hands a link to the browser. */
  readonly openLink: (url: string) => void;
}

/** Gives every page from now on the menu of a right click, in the language in force: ours, services', conferences'. */
export function addContextMenus(parts: ContextMenuParts): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('context-menu', (_clicked, params) => {
      const items = contextEntries(params).map((entry) => itemOf(entry, contents, params, parts));
      // A service's view is no window of its own; who clicks in it has the focus in the one that it lies in.
      const window = BrowserWindow.fromWebContents(contents) ?? BrowserWindow.getFocusedWindow();
      if (items.length > 0 && window) Menu.buildFromTemplate(items).popup({ window });
    });
  });
}

function itemOf(
  entry: ContextEntry,
  contents: WebContents,
  { x, y }: ContextMenuParams,
  { texts, openLink }: ContextMenuParts,
): MenuItemConstructorOptions {
  switch (entry.kind) {
    case 'line':
      return { type: 'separator' };
    case 'suggestion':
      return { label: entry.word, click: () => contents.replaceMisspelling(entry.word) };
    case 'no-suggestion':
      return { label: texts('menu.noSuggestion'), enabled: false };
    case 'add-word':
      return {
        label: texts('menu.addToDictionary'),
        click: () => contents.session.addWordToSpellCheckerDictionary(entry.word),
      };
    case 'cut':
      return { role: 'cut', label: texts('menu.cut'), enabled: entry.enabled };
    case 'copy':
      return { role: 'copy', label: texts('menu.copy'), enabled: entry.enabled };
    case 'paste':
      return { role: 'paste', label: texts('menu.paste'), enabled: entry.enabled };
    case 'paste-plain':
      return { role: 'pasteAndMatchStyle', label: texts('menu.pastePlain'), enabled: entry.enabled };
    case 'select-all':
      return { role: 'selectAll', label: texts('menu.selectAll'), enabled: entry.enabled };
    case 'open-link':
      return { label: texts('menu.openLink'), click: () => openLink(entry.url) };
    case 'copy-link':
      return { label: texts('menu.copyLink'), click: () => void clipboard.writeText(entry.url) };
    case 'copy-address':
      return { label: texts('menu.copyAddress'), click: () => void clipboard.writeText(entry.address) };
    case 'copy-picture':
      return { label: texts('menu.copyPicture'), click: () => contents.copyImageAt(x, y) };
    case 'save-picture':
      return { label: texts('menu.savePicture'), click: () => contents.downloadURL(entry.url) };
  }
}
