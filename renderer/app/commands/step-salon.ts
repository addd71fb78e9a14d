import type { Phrase } from '../../i18n/index.ts';
import { neighbour } from '../../salons/list/list-rows.ts';
import type { Command } from './command.ts';

const step = (id: string, key: string, by: 1 | -1, unreadOnly: boolean, name: Phrase): Command => ({
  id,
  name,
  keys: [key],
  group: 'salon',
  found: false,
  perform: ({ chat, navigation }) => {
    const next = neighbour(chat.list.get()?.salons ?? [], navigation.place.get().salonId, by, unreadOnly);
    if (next !== null) navigation.openSalon(next);
  },
});

/** To the salon above or below in the list; with Shift, to the next that has something to read. */
export const stepSalon: readonly Command[] = [
  step('salon-above', 'Alt+ArrowUp', -1, false, ({ t }) => t('app:command.salonAbove')),
  step('salon-below', 'Alt+ArrowDown', 1, false, ({ t }) => t('app:command.salonBelow')),
  step('unread-above', 'Alt+Shift+ArrowUp', -1, true, ({ t }) => t('app:command.unreadAbove')),
  step('unread-below', 'Alt+Shift+ArrowDown', 1, true, ({ t }) => t('app:command.unreadBelow')),
];
