import { LocalFailure } from './model/failures.ts';
import type { SyncPath } from './model/paths.ts';
import type { ConflictLabels } from './ports/conflict-labels.ts';
import type { Trash } from './ports/file-system.ts';

/** How long a version waits for the words of its name. */
const LABEL_WITHIN_MS = 5000;

/** Questions to the supervisor, each under a number; its answers come when they come. */
export class Questions<Answer> {
  readonly #open = new Map<number, (answer: Answer) => void>();
  #last = 0;

  /** Asks by `send`, which is given the number. */
  ask(send: (id: number) => void): Promise<Answer> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve) => {
      this.#open.set(id, resolve);
      send(id);
    });
  }

  answer(id: number, answer: Answer): void {
    this.#open.get(id)?.(answer);
    this.#open.delete(id);
  }

  /** Nobody will answer any more. */
  answerAll(answer: Answer): void {
    for (const settle of this.#open.values()) settle(answer);
    this.#open.clear();
  }
}

/** A trash that the supervisor knows how to fill. */
export function askedTrash(ask: (path: string) => Promise<boolean>): Trash {
  return {
    put: async (path) => {
      if (!(await ask(path))) throw new LocalFailure('other', { what: 'trash refused' });
      return true;
    },
  };
}

/** Labels of the supervisor; none when it takes too long. */
export function askedLabels(
  ask: (pair: string, path: SyncPath) => Promise<string | null>,
  withinMs = LABEL_WITHIN_MS,
): ConflictLabels {
  return {
    labelFor: async (pair, path) => {
      const late = Promise.withResolvers<null>();
      const timer = setTimeout(() => late.resolve(null), withinMs);
      try {
        return (await Promise.race([ask(pair, path), late.promise])) ?? undefined;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
