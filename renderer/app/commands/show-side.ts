import type { Phrase } from '../../i18n/index.ts';
import type { SideTab } from '../../salons/stores/navigation.ts';
import type { Command } from './command.ts';

const show = (tab: SideTab, name: Phrase): Command => ({
  id: `show-${tab}`,
  name,
  keys: [],
  group: 'view',
  found: true,
  available: ({ navigation }) => navigation.place.get().salonId !== null,
  perform: ({ navigation }) => {
    navigation.goTo('salons');
    navigation.showSide(tab);
  },
});

/** The parts of the side, by name. */
export const showSide: readonly Command[] = [
  show('folder', ({ t }) => t('chat:showFolder')),
  show('members', ({ t }) => t('chat:showMembers')),
];
