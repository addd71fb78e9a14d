import type { Outcome } from '../../preload/contract/channel.ts';
import type { ConflictFacts } from '../../preload/contract/files.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { showError, useAttempt } from '../salons/use-attempt.ts';
import { fileName } from '../ui/file-name.ts';

/** What a person may do with two versions of a file. */
export type Keep = 'here' | 'there' | 'both';

/**
 * Settles a conflict by one click, and offers to undo it. With the facts that the person looked at; keeping both touches
 * nothing and needs none.
 */
export function useSettle(): (
  salonId: string,
  conflict: { readonly path: string; readonly copyPath: string },
  keep: Keep,
  facts: ConflictFacts | null,
) => Promise<Outcome<{ undo: string | null }>> {
  const { folders, toasts } = useWorkspace();
  const attempt = useAttempt();
  return async (salonId, { path, copyPath }, keep, facts) => {
    const name = fileName(path);
    const outcome = await folders.settleConflict(
      salonId,
      copyPath,
      keep === 'both'
        ? { keep }
        : { keep, there: facts?.there?.seen ?? null, here: facts?.here?.seen ?? null },
    );
    if (!outcome.ok) {
      showError(toasts, { from: 'main', error: outcome.error });
      return outcome;
    }
    const { undo } = outcome.value;
    toasts.show(
      'ok',
      ({ t }) => t(`files:conflict.done.${keep}`, { name }),
      `conflict ${copyPath}`,
      undo === null
        ? null
        : { label: ({ t }) => t('files:conflict.undo'), act: () => void attempt(folders.undoSettle(undo)) },
    );
    return outcome;
  };
}
