/** How long answers of one sort take, in ms. Pure. */
export interface Pace {
  /** What they take when the server has little to do. */
  readonly best: number;
  /** What they took lately. */
  readonly recent: number;
  readonly answers: number;
}

const weightOfLast = 0.25;
/** With each answer the best counts for a little less: a server that is slow for good is the usual one at last. */
const forgetting = 1.02;
/** Fewer say nothing. */
const fewest = 8;
/** Differences below that are chance, in ms. */
const chance = 50;

/** The pace after one more answer. */
export function withAnswer(pace: Pace | undefined, ms: number): Pace {
  if (pace === undefined) return { best: ms, recent: ms, answers: 1 };
  const recent = pace.recent + (ms - pace.recent) * weightOfLast;
  const answers = pace.answers + 1;
  const best = answers <= fewest / 2 ? recent : Math.min(recent, pace.best * forgetting);
  return { best, recent, answers };
}

/** Whether answers take clearly longer than they did. */
export function isSlower(pace: Pace): boolean {
  return pace.answers >= fewest && isOver(pace, 2);
}

/** Whether answers come as fast as ever. */
export function isAsFast(pace: Pace): boolean {
  return !isOver(pace, 1.4);
}

/** The pace to judge anew from: what was slow had its consequence. */
export function judged(pace: Pace): Pace {
  return { ...pace, recent: pace.best };
}

function isOver({ best, recent }: Pace, factor: number): boolean {
  return recent > best * factor && recent - best > chance;
}
