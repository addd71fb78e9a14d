import type { i18n } from 'i18next';
import { type ReactNode, useCallback, useSyncExternalStore } from 'react';
import { WordsContext, wordsOf } from './index.ts';

/** Gives the components below it the words of the language that an instance speaks, and of the next when that changes. */
export function WordsProvider({
  instance,
  children,
}: {
  readonly instance: i18n;
  readonly children: ReactNode;
}) {
  const follow = useCallback(
    (told: () => void) => {
      instance.on('languageChanged', told);
      return () => instance.off('languageChanged', told);
    },
    [instance],
  );
  const words = useSyncExternalStore(follow, () => wordsOf(instance));
  return <WordsContext value={words}>{children}</WordsContext>;
}
