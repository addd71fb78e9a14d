import { useState } from 'react';
import type { SalonFolder } from '../../preload/contract/files.ts';
import { useWords } from '../i18n/index.ts';
import { ProblemRow } from '../salons/problem-row.tsx';
import { Button } from '../ui/button.tsx';
import './problem-list.css';

/** More than these would push the page away until somebody wants them. */
const SHOWN = 3;

/** The files of all folders that could not be brought up to date, each with what helps. */
export function ProblemList({ folders }: { readonly folders: readonly SalonFolder[] }) {
  const { t } = useWords();
  const [isWhole, setIsWhole] = useState(false);
  const problems = folders.flatMap((folder) => folder.problems.map((problem) => ({ folder, problem })));
  if (problems.length === 0) return null;
  const shown = isWhole ? problems : problems.slice(0, SHOWN);
  const more = problems.length - shown.length;
  return (
    <section className="problem-list" aria-labelledby="problem-list-title">
      <h2 id="problem-list-title">{t('files:problems')}</h2>
      <ul>
        {shown.map(({ folder, problem }) => (
          <ProblemRow key={folder.salonId + problem.path} folder={folder} problem={problem} named />
        ))}
      </ul>
      {more > 0 && (
        <Button tone="quiet" onPress={() => setIsWhole(true)}>
          {t('files:showMoreProblems', { count: more })}
        </Button>
      )}
    </section>
  );
}
