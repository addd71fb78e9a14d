import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { AppCommand } from '../../preload/contract/app.ts';
import type { Texts } from './texts.ts';

/** What the menu does beyond Electron's own roles. */
export interface MenuActions {
  readonly command: (command: AppCommand) => void;
  readonly openHelp: (() => void) | null;
  readonly quit: () => void;
}

type Item = MenuItemConstructorOptions;
const LINE: Item = { type: 'separator' };
const isMac = process.platform === 'darwin';

/** Sets the program's menu, with every shortcut the menu can hold. Call again when the language changes. */
export function setMenu(texts: Texts, actions: MenuActions): void {
  const command = (label: string, accelerator: string, name: AppCommand): Item => ({
    label,
    accelerator,
    click: () => actions.command(name),
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [macMenu(texts, actions, command)] : []),
      fileMenu(texts, actions, command),
      editMenu(texts),
      viewMenu(texts),
      {
        label: texts('menu.go'),
        submenu: [
          command(texts('menu.search'), 'CmdOrCtrl+K', 'search'),
          command(texts('menu.call'), 'CmdOrCtrl+Shift+A', 'call-or-join'),
        ],
      },
      helpMenu(texts, actions, command),
    ]),
  );
}

type CommandItem = (label: string, accelerator: string, name: AppCommand) => Item;

function macMenu(texts: Texts, actions: MenuActions, command: CommandItem): Item {
  return {
    label: texts('tray.tooltip'),
    submenu: [
      { role: 'about', label: texts('menu.about') },
      LINE,
      command(texts('menu.settings'), 'Cmd+,', 'show-settings'),
      LINE,
      { role: 'services', label: texts('menu.services') },
      { role: 'hide', label: texts('menu.hide') },
      { role: 'hideOthers', label: texts('menu.hideOthers') },
      LINE,
      { label: texts('menu.quit'), accelerator: 'Cmd+Q', click: actions.quit },
    ],
  };
}

function fileMenu(texts: Texts, actions: MenuActions, command: CommandItem): Item {
  const quit: Item = { label: texts('menu.quit'), accelerator: 'CmdOrCtrl+Q', click: actions.quit };
  return {
    label: texts('menu.file'),
    submenu: [
      command(texts('menu.newSalon'), 'CmdOrCtrl+N', 'new-salon'),
      ...(isMac ? [] : [command(texts('menu.settings'), 'Ctrl+,', 'show-settings')]),
      LINE,
      { role: 'close', label: texts('menu.closeWindow') },
      ...(isMac ? [] : [quit]),
    ],
  };
}

function editMenu(texts: Texts): Item {
  return {
    label: texts('menu.edit'),
    submenu: [
      { role: 'undo', label: texts('menu.undo') },
      { role: 'redo', label: texts('menu.redo') },
      LINE,
      { role: 'cut', label: texts('menu.cut') },
      { role: 'copy', label: texts('menu.copy') },
      { role: 'paste', label: texts('menu.paste') },
      { role: 'pasteAndMatchStyle', label: texts('menu.pastePlain') },
      { role: 'selectAll', label: texts('menu.selectAll') },
    ],
  };
}

function viewMenu(texts: Texts): Item {
  return {
    label: texts('menu.view'),
    submenu: [
      { role: 'zoomIn', label: texts('menu.zoomIn') },
      { role: 'zoomOut', label: texts('menu.zoomOut') },
      { role: 'resetZoom', label: texts('menu.zoomReset') },
      LINE,
      { role: 'togglefullscreen', label: texts('menu.fullScreen') },
    ],
  };
}

function helpMenu(texts: Texts, { openHelp, command: send }: MenuActions, command: CommandItem): Item {
  return {
    role: 'help',
    label: texts('menu.help'),
    submenu: [
      command(texts('menu.shortcuts'), 'CmdOrCtrl+/', 'show-shortcuts'),
      ...(openHelp ? [{ label: texts('menu.helpPage'), click: openHelp }] : []),
      ...(isMac ? [] : [{ label: texts('menu.about'), click: () => send('show-settings') }]),
    ],
  };
}
