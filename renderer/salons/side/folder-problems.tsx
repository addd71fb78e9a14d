import type { Problem, SalonFolder } from '../../../preload/contract/files.ts';
import { errorWords } from '../../i18n/error-words.ts';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { StateIcon } from '../../ui/notice.tsx';
import { useStore } from '../../ui/store.ts';
import { useWorkspace } from '../stores/workspace-context.tsx';
import { useAttempt } from '../use-attempt.ts';

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
        <ProblemRow key={problem.path} salonId={folder.salonId} problem={problem} />
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
        <p className="problem-name">{lastPart(path)}</p>
        <p className="least">{t('files:conflict.short')}</p>
      </div>
      <Button onPress={() => navigation.ask({ kind: 'conflict', salonId, copyPath })}>
        {t('files:conflict.choose')}
      </Button>
    </li>
  );
}

function ProblemRow({ salonId, problem }: { readonly salonId: string; readonly problem: Problem }) {
  const words = useWords();
  const { clock, folders } = useWorkspace();
  const attempt = useAttempt();
  const now = useStore(clock.minute);
  const { title, kept, action } = errorWords(
    { from: 'file', code: problem.code, detail: problem.detail },
    words,
  );
  const wait = problem.retryAt === null ? null : Math.max(1, (problem.retryAt - now) / 1000);
  return (
    <li className="problem">
      <StateIcon tone="warn" />
      <div className="problem-words">
        <p className="problem-name">{lastPart(problem.path)}</p>
        <p className="least">
          {title}. {kept} {action}
          {wait !== null && ` ${words.t('files:againIn', { wait: words.format.duration(wait) })}`}
        </p>
      </div>
      <Button onPress={() => void attempt(folders.retry(salonId, problem.path))}>
        {words.t('common:retry')}
      </Button>
    </li>
  );
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
