/** What cannot be done, in words for the person who asked: it is shown without a stack, and the program ends. */
export class Refusal extends Error {
  /** 2 when the command line itself is wrong. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = 'Refusal';
    this.exitCode = exitCode;
  }
}
