import type { Command } from './command.ts';

/** Closes what lies nearest: the side over the conversation. Dialogs and menus close by themselves. */
export const closeNearest: Command = {
  id: 'close-nearest',
  name: ({ t }) => t('app:command.closeNearest'),
  keys: ['Escape'],
  group: 'view',
  found: false,
  available: ({ navigation }) => navigation.place.get().sideOpen && navigation.layout.get() !== 'wide',
  perform: ({ navigation }) => navigation.closeSide(),
};
