import type { Command } from './command.ts';

/** From account to account, in the order in which they came. */
export const nextAccount: Command = {
  id: 'next-account',
  name: ({ t }) => t('app:command.nextAccount'),
  keys: ['Ctrl+Shift+M'],
  group: 'go',
  found: true,
  available: ({ accounts }) => accounts.next() !== null,
  perform: ({ accounts }) => {
    const next = accounts.next();
    if (next) void accounts.show(next.id);
  },
};
