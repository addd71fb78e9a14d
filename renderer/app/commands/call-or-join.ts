import { showError } from '../../salons/use-attempt.ts';
import type { Command } from './command.ts';

/** Calls in the open salon, or joins its call. */
export const callOrJoin: Command = {
  id: 'call-or-join',
  name: ({ t }) => t('app:command.callOrJoin'),
  keys: ['Ctrl+Shift+A'],
  group: 'salon',
  found: true,
  available: ({ navigation }) => navigation.place.get().salonId !== null,
  perform: ({ navigation, calls, toasts }) => {
    const { salonId } = navigation.place.get();
    if (salonId === null) return;
    const call = async () => {
      const problem = await calls.callOrJoin(salonId);
      if (problem) showError(toasts, problem);
    };
    void call();
  },
};
