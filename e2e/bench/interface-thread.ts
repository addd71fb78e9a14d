import { z } from 'zod';
import type { WatchedPage } from './devtools.ts';

/** What kept the interface's thread busy: tasks of over 50 ms, in which a person feels a delay. */
export interface LongTasks {
  /** 0 when there was none. */
  readonly longestMs: number;
  readonly sumMs: number;
}

/** The long tasks of a page since it was loaded: Chromium keeps them (Long Tasks API, the first 200). */
export async function longTasks(page: WatchedPage): Promise<LongTasks> {
  const seen = z.array(z.number()).parse(await page.call(durations));
  return { longestMs: Math.max(0, ...seen), sumMs: seen.reduce((sum, one) => sum + one, 0) };
}

/** In the page: entries of the past come as soon as one observes. */
function durations(): Promise<number[]> {
  return new Promise((resolve) => {
    const seen: number[] = [];
    const observer = new PerformanceObserver((list) =>
      seen.push(...list.getEntries().map((entry) => entry.duration)),
    );
    observer.observe({ type: 'longtask', buffered: true });
    setTimeout(() => {
      observer.disconnect();
      resolve(seen);
    }, 200);
  });
}
