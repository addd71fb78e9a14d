import { execFile } from 'node:child_process';

/** A program of the system that tells something. */
export interface SystemProgram {
  readonly file: string;
  readonly args: readonly string[];
}

/** Windows' own PowerShell: newer ones know no WinRT. */
export function powershell(command: string): SystemProgram {
  return { file: 'powershell.exe', args: ['-NoProfile', '-NonInteractive', '-Command', command] };
}

/** Gives what it wrote, null when it is not there, failed, or took too long: nothing is told then. */
export type AskSystem = (program: SystemProgram) => Promise<string | null>;

const PATIENCE_MS = 10_000;

/** Answers stay good for so long: starting a program costs more than reading a clock. */
const GOOD_FOR_MS = 5 * 60_000;

/** Asks each program again only after five minutes, or when what was told is no longer to be trusted. */
export class RareQuestions {
  readonly #ask: AskSystem;
  readonly #answers = new Map<string, { readonly at: number; readonly answer: Promise<string | null> }>();

  constructor(ask: AskSystem = askSystem) {
    this.#ask = ask;
  }

  readonly ask: AskSystem = (program) => {
    const name = JSON.stringify(program);
    const known = this.#answers.get(name);
    if (known && Math.abs(Date.now() - known.at) < GOOD_FOR_MS) return known.answer;
    const answer = this.#ask(program);
    this.#answers.set(name, { at: Date.now(), answer });
    return answer;
  };

  forget(): void {
    this.#answers.clear();
  }
}

/** Runs a program of the system without a shell. */
export const askSystem: AskSystem = ({ file, args }) =>
  new Promise((resolve) => {
    execFile(file, args, { timeout: PATIENCE_MS, windowsHide: true }, (error, output) =>
      resolve(error ? null : output),
    );
  });
