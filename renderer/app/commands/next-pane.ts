import { focusPane } from '../panes.ts';
import type { Command } from './command.ts';

/** From one part of the window to the next: rail, list, conversation, side. */
export const nextPane: readonly Command[] = [
  {
    id: 'next-pane',
    name: ({ t }) => t('app:command.nextPane'),
    keys: ['F6'],
    group: 'view',
    found: false,
    perform: () => focusPane(document, 1),
  },
  {
    id: 'previous-pane',
    name: ({ t }) => t('app:command.previousPane'),
    keys: ['Shift+F6'],
    group: 'view',
    found: false,
    perform: () => focusPane(document, -1),
  },
];
