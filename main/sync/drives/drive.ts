import { DriveSilent } from '../model/failures.ts';

/** How long a drive may take for an answer, in ms. */
export interface Patience {
  /** To look at something or to read a piece of it: one that sleeps wakes within that. */
  readonly lookMs: number;
  /** To write, and to flush what was written: gigabytes of it may be waiting for a slow one. */
  readonly workMs: number;
}

export const usualPatience: Patience = { lookMs: 60_000, workMs: 10 * 60_000 };

/** Questions that one drive is asked at a time. Each holds a thread of the pool that all drives share. */
export const mostQuestions = 4;

/** A question that waits for its turn or its answer. */
interface Question {
  readonly begin: () => void;
  readonly giveUp: () => void;
}

/**
 * A drive that may stop to answer, as one of the network does whose server is gone. Most calls of a file system can't be
 * broken off, so they are given up: when one of them is overdue, all that wait are told so, and nothing more is asked until
 * the last of them was answered. So a drive that hangs holds a few threads and no more, and what was given up never
 * happens at the same time as something that was asked later.
 */
export class Drive {
  readonly patience: Patience;
  readonly #most: number;
  readonly #waiting: Question[] = [];
  readonly #asked = new Set<Question>();
  readonly #listeners = new Set<() => void>();
  #isSilent = false;

  constructor(patience: Patience = usualPatience, most = mostQuestions) {
    this.patience = patience;
    this.#most = most;
  }

  /** Whether an answer is overdue. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Looks or reads. Throws DriveSilent when no answer comes, else what the call throws. */
  look<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    return this.#ask(call, this.patience.lookMs);
  }

  /** Writes or flushes. Throws DriveSilent when no answer comes, else what the call throws. */
  work<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    return this.#ask(call, this.patience.workMs);
  }

  /** Calls the listener each time that the drive answers again, until the returned function is called. */
  onBack(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Waits for no answer any longer. */
  giveUp(): void {
    if (this.#asked.size === 0) return;
    this.#isSilent = true;
    const all = [...this.#asked, ...this.#waiting.splice(0)];
    for (const question of all) question.giveUp();
  }

  #ask<Answer>(call: () => Promise<Answer>, ms: number): Promise<Answer> {
    if (this.#isSilent) return Promise.reject(new DriveSilent());
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const question: Question = {
      begin: () => {
        this.#asked.add(question);
        const overdue = setTimeout(() => this.giveUp(), ms);
        const ended = (): void => {
          clearTimeout(overdue);
          this.#answered(question);
        };
        void call().then(resolve, reject).finally(ended);
      },
      giveUp: () => reject(new DriveSilent()),
    };
    this.#waiting.push(question);
    this.#goOn();
    return promise;
  }

  #answered(question: Question): void {
    this.#asked.delete(question);
    if (!this.#isSilent) return this.#goOn();
    if (this.#asked.size > 0) return;
    this.#isSilent = false;
    for (const listener of this.#listeners) listener();
  }

  #goOn(): void {
    while (this.#asked.size < this.#most) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      next.begin();
    }
  }
}
