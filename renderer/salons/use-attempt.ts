import type { Outcome } from '../../preload/contract/channel.ts';
import { type AnyError, errorWords } from '../i18n/error-words.ts';
import type { Phrase } from '../i18n/index.ts';
import type { Toasts } from '../ui/toasts.tsx';
import { useWorkspace } from './stores/workspace-context.tsx';

/** Waits for an act and says what went wrong, if anything; answers whether it worked. Nothing is said of a cancelled one. */
export function useAttempt(): (act: Promise<Outcome<unknown>>) => Promise<boolean> {
  const { toasts } = useWorkspace();
  return async (act) => {
    const outcome = await act;
    if (!outcome.ok && outcome.error.code !== 'cancelled')
      showError(toasts, { from: 'main', error: outcome.error });
    return outcome.ok;
  };
}

/** Shows an error as a line at the bottom: what happened, what is kept, what to do. */
export function showError(toasts: Toasts, problem: AnyError): void {
  const inWords: Phrase = (words) => {
    const { title, kept, action } = errorWords(problem, words);
    return `${title}. ${kept} ${action}`;
  };
  toasts.show('bad', inWords, subjectOf(problem));
}

/** The same trouble twice is one line, not two. */
function subjectOf(problem: AnyError): string {
  switch (problem.from) {
    case 'main':
      return `main ${problem.error.messageKey}`;
    case 'chat':
      return `chat ${problem.error.code}`;
    case 'file':
      return `file ${problem.code} ${problem.detail}`;
  }
}
