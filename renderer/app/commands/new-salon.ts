import type { Command } from './command.ts';

/** Begins a new salon. */
export const newSalon: Command = {
  id: 'new-salon',
  name: ({ t }) => t('salons:new'),
  keys: ['Ctrl+N'],
  group: 'salon',
  found: true,
  perform: ({ navigation }) => navigation.ask({ kind: 'new-salon', people: [] }),
};
