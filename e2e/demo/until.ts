import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 100;

/** Asks again and again until there is an answer, and gives it. Throws what was waited for when there is none in time. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${Math.round(withinMs / 1000)} s`);
    await sleep(EVERY_MS);
  }
}
