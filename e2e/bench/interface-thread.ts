import type { Page } from 'playwright-core';

/** What kept the interface's thread busy: tasks of over 50 ms, in which a person feels a delay. */
export interface LongTasks {
  readonly count: number;
  readonly longestMs: number;
  readonly sumMs: number;
}

/** Follows long tasks from the page's first script on. Call it before the page is loaded or loaded again. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const durations: number[] = [];
    Object.defineProperty(window, 'benchLongTasks', { value: durations });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) durations.push(entry.duration);
    }).observe({ entryTypes: ['longtask'] });
  });
}

/** The long tasks so far; the count starts anew when the page is loaded again. */
export async function longTasks(page: Page): Promise<LongTasks> {
  const durations = await page.evaluate(() => {
    const kept: unknown = Reflect.get(window, 'benchLongTasks');
    return Array.isArray(kept) ? kept.map(Number) : null;
  });
  if (!durations) throw new Error('long tasks were not watched in this page');
  return {
    count: durations.length,
    longestMs: Math.max(0, ...durations),
    sumMs: durations.reduce((sum, one) => sum + one, 0),
  };
}
