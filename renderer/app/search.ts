import type { Words } from '../i18n/index.ts';
import type { SalonSummary } from '../matrix/protocol.ts';
import { folded } from '../salons/list/list-rows.ts';
import type { Workspace } from '../salons/stores/workspace.ts';
import type { Command } from './commands/index.ts';

const MOST_SALONS = 7;

/** Salons whose name holds what is typed; those that begin with it first; the latest when nothing is typed. */
export function findSalons(salons: readonly SalonSummary[], typed: string): readonly SalonSummary[] {
  const wanted = folded(typed);
  const named = salons.map((salon) => ({ salon, name: folded(salon.name) }));
  const rank = (name: string) => (name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 1 : 2);
  return named
    .filter(({ name }) => name.includes(wanted))
    .toSorted((a, b) => rank(a.name) - rank(b.name))
    .slice(0, MOST_SALONS)
    .map(({ salon }) => salon);
}

/** Commands that can be done now and whose name holds what is typed. */
export function findCommands(
  commands: readonly Command[],
  typed: string,
  words: Words,
  workspace: Workspace,
): readonly Command[] {
  const wanted = folded(typed);
  return commands.filter(
    (command) =>
      command.found &&
      folded(command.name(words)).includes(wanted) &&
      (command.available?.(workspace) ?? true),
  );
}
