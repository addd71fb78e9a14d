import type { Command } from './command.ts';

/** All keys at a glance. */
export const showShortcuts: Command = {
  id: 'show-shortcuts',
  name: ({ t }) => t('app:command.showShortcuts'),
  keys: ['?', 'F1'],
  group: 'view',
  found: true,
  perform: ({ navigation }) => navigation.ask({ kind: 'shortcuts' }),
};
