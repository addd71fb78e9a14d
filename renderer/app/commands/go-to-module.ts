import type { Phrase, Words } from '../../i18n/index.ts';
import type { Module } from '../../salons/stores/navigation.ts';
import type { Workspace } from '../../salons/stores/workspace.ts';
import type { Command } from './command.ts';

type OwnModule = Exclude<Module, 'service' | 'diagnostics'>;

/** The modules in the order of the rail: Ctrl and their number. */
const MODULES: readonly OwnModule[] = ['salons', 'files', 'calls', 'settings'];

/** One command a module; the brand names them. */
export const goToModule = ({ info }: Pick<Workspace, 'info'>): readonly Command[] =>
  MODULES.map((module, index) => ({
    id: `go-to-${module}`,
    name: nameOf(module, info.brand.modules),
    keys: [`Ctrl+${index + 1}`],
    group: 'go',
    found: true,
    perform: ({ navigation }) => navigation.goTo(module),
  }));

function nameOf(module: OwnModule, names: Workspace['info']['brand']['modules']): Phrase {
  return ({ t, format }: Words) =>
    module === 'settings' ? t('app:settings') : names[module][format.language];
}
