import type { Command } from './command.ts';

/** Searches everything and jumps. */
export const search: Command = {
  id: 'search',
  name: ({ t }) => t('app:command.search'),
  keys: ['Ctrl+K'],
  group: 'go',
  found: false,
  perform: ({ navigation }) => navigation.ask({ kind: 'search' }),
};
