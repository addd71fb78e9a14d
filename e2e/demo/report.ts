/** One step of a tour: what it proves, and how. What it returns is added to its line. */
export interface TourStep {
  name: string;
  run(): Promise<string | void>;
  /** Without it nothing after it can be tried. */
  vital?: boolean;
}

/** How a tour ended. */
export interface TourResult {
  passed: number;
  failed: number;
}

/**
 * Runs steps in order and prints a line for each with its time. After a vital step failed the rest is not tried
 * and counts as failed. `after` is called after each step, passed or not.
 */
export async function runTour(
  steps: readonly TourStep[],
  print: (line: string) => void,
  after: (index: number, step: TourStep) => Promise<void> = () => Promise.resolve(),
): Promise<TourResult> {
  const result: TourResult = { passed: 0, failed: 0 };
  let isOver = false;
  for (const [index, step] of steps.entries()) {
    if (isOver) {
      result.failed += 1;
      print(`not ok          ${step.name}: not tried`);
      continue;
    }
    const started = performance.now();
    const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(7);
    try {
      const detail = await step.run();
      result.passed += 1;
      print(`ok     ${seconds()}  ${step.name}${detail ? `: ${detail}` : ''}`);
    } catch (error) {
      result.failed += 1;
      isOver = step.vital ?? false;
      print(`not ok ${seconds()}  ${step.name}: ${wordsOf(error)}`);
    }
    await after(index, step);
  }
  return result;
}

function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 8)
    .join('\n                ');
}
