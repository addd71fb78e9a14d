import type { AppCommand } from '../../../preload/contract/app.ts';
import type { Workspace } from '../../salons/stores/workspace.ts';
import { callOrJoin } from './call-or-join.ts';
import { closeNearest } from './close-nearest.ts';
import type { Command } from './command.ts';
import { goToModule } from './go-to-module.ts';
import { newSalon } from './new-salon.ts';
import { nextAccount } from './next-account.ts';
import { nextPane } from './next-pane.ts';
import { openServices } from './open-services.ts';
import { search } from './search.ts';
import { showShortcuts } from './show-shortcuts.ts';
import { showSide } from './show-side.ts';
import { stepSalon } from './step-salon.ts';

export type { Command } from './command.ts';

/** Every command, in the order they are listed. */
export function allCommands(workspace: Pick<Workspace, 'info' | 'offers'>): readonly Command[] {
  return [
    search,
    ...goToModule(workspace),
    ...openServices(workspace),
    nextAccount,
    newSalon,
    callOrJoin,
    ...stepSalon,
    ...showSide,
    ...nextPane,
    closeNearest,
    showShortcuts,
  ];
}

/** What the menu, the tray and global shortcuts ask for, by the id of the command. */
export const MENU_COMMANDS: Readonly<Record<AppCommand, string>> = {
  'new-salon': 'new-salon',
  search: 'search',
  'show-salons': 'go-to-salons',
  'show-files': 'go-to-files',
  'show-calls': 'go-to-calls',
  'show-settings': 'go-to-settings',
  'call-or-join': 'call-or-join',
  'show-shortcuts': 'show-shortcuts',
};

/** Does a command, if it can be done now; answers whether it was. */
export function perform(command: Command, workspace: Workspace): boolean {
  if (command.available && !command.available(workspace)) return false;
  command.perform(workspace);
  return true;
}
