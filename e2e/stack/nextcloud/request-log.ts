/** One answered request, for exact counts of operations. */
export interface LoggedRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly status: number;
  /** Milliseconds from the request's head to the end of the answer. */
  readonly durationMs: number;
  /** Whether the connection broke before the answer was complete. */
  readonly broken: boolean;
}

const mostKept = 200_000;

/** What was asked of the server since the last reset. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    if (this.#entries.length >= mostKept) this.#entries = this.#entries.slice(mostKept / 2);
    this.#entries.push(entry);
  }

  all(): readonly LoggedRequest[] {
    return [...this.#entries];
  }

  clear(): void {
    this.#entries = [];
  }
}
