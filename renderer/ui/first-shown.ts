import { useEffect } from 'react';

/** Moments of a start that support and benchmarks read from the page's own timeline. */
export type Moment = 'salons';

/** Marks in the page's timeline (`performance.getEntriesByName`) when something was on screen for the first time. */
export function useFirstShown(moment: Moment, isShown: boolean): void {
  useEffect(() => {
    if (isShown && performance.getEntriesByName(moment, 'mark').length === 0) performance.mark(moment);
  }, [moment, isShown]);
}
