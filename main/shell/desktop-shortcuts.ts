import { app, Menu } from 'electron';
import { startCommand } from './identity.ts';
import { jumpTasks, SHORTCUTS } from './shortcuts.ts';
import { ACT_SWITCH, actOfStart, type StartAct } from './start-arguments.ts';
import type { Texts } from './texts.ts';

/**
 * Shows the shortcuts on the program's icon: the jump list of Windows, the dock's menu on macOS (Linux has them in the
 * installed desktop entry). Call again when the language changes.
 */
export function showShortcuts(texts: Texts, act: (act: StartAct) => void): void {
  if (process.platform === 'win32') {
    app.setJumpList([{ type: 'tasks', items: jumpTasks(startCommand(), texts) }]);
  }
  app.dock?.setMenu(
    Menu.buildFromTemplate(
      SHORTCUTS.map((shortcut) => ({
        label: texts(shortcut.text),
        click: () => act(actOfStart([ACT_SWITCH + shortcut.act], '')),
      })),
    ),
  );
}
