import type { ChildProcess } from './supervisor.ts';

/** A process in the test's hand. */
export class TestChild implements ChildProcess {
  readonly sent: unknown[] = [];
  readonly #messages = new Set<(message: unknown) => void>();
  readonly #exits = new Set<(code: number | null) => void>();
  killed = false;
  readonly send = (message: unknown) => {
    this.sent.push(message);
  };
  readonly onMessage = (listener: (message: unknown) => void) => {
    this.#messages.add(listener);
  };
  readonly onExit = (listener: (code: number | null) => void) => {
    this.#exits.add(listener);
  };
  readonly kill = () => {
    this.killed = true;
    this.exit(null);
  };
  say(message: unknown) {
    for (const listener of this.#messages) listener(message);
  }
  exit(code: number | null) {
    for (const listener of this.#exits) listener(code);
  }
}
