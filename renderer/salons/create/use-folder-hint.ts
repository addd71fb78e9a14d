import { useWords } from '../../i18n/index.ts';
import type { DirectoryHit } from '../../matrix/protocol.ts';

/** What the shared folder will mean for the people chosen so far. */
export function useFolderHint(people: readonly DirectoryHit[], folder: boolean, filesIn: boolean): string {
  const { t, format } = useWords();
  if (!filesIn) return t('salons:create.folderSignedOut');
  if (!folder) return t('salons:create.folderNone');
  const agents = people.filter((person) => person.partnerOf === null).map(({ name }) => name);
  const partners = people.filter((person) => person.partnerOf !== null).map(({ name }) => name);
  const all = t('salons:create.mayChange', { count: agents.length, names: format.list(agents) });
  const some = t('salons:create.mayRead', { count: partners.length, names: format.list(partners) });
  if (people.length === 0) return t('salons:create.folderAlone');
  return [agents.length > 0 && all, partners.length > 0 && some].filter(Boolean).join(', ');
}
