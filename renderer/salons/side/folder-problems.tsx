import type { SalonFolder } from '../../../preload/contract/files.ts';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { fileName } from '../../ui/file-name.ts';
import { StateIcon } from '../../ui/notice.tsx';
import { ProblemRow } from '../problem-row.tsx';
import { useWorkspace } from '../stores/workspace-context.tsx';

const SHOWN = 3;

/** What needs a person in this folder: files changed on both sides, and files that could not be brought up to date. */
export function FolderProblems({ folder }: { readonly folder: SalonFolder }) {
  const { t } = useWords();
  const { conflicts, problems } = folder;
  const more = problems.length - SHOWN;
  if (conflicts.length + problems.length === 0) return null;
  return (
    <ul className="folder-problems" aria-label={t('files:problems')}>
      {conflicts.map((conflict) => (
        <ConflictRow key={conflict.copyPath} salonId={folder.salonId} {...conflict} />
      ))}
      {problems.slice(0, SHOWN).map((problem) => (
        <ProblemRow key={problem.path} folder={folder} problem={problem} />
      ))}
      {more > 0 && <li className="least">{t('files:moreProblems', { count: more })}</li>}
    </ul>
  );
}

interface ConflictProps {
  readonly salonId: string;
  readonly path: string;
  readonly copyPath: string;
}

function ConflictRow({ salonId, path, copyPath }: ConflictProps) {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  return (
    <li className="problem">
      <StateIcon tone="warn" />
      <div className="problem-words">
        <p className="problem-name">{fileName(path)}</p>
        <p className="secondary">{t('files:conflict.short')}</p>
      </div>
      <Button onPress={() => navigation.ask({ kind: 'conflict', salonId, copyPath })}>
        {t('files:conflict.choose')}
      </Button>
    </li>
  );
}
