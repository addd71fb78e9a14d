/** Chance, so that a simulated run can be replayed. */
export interface Random {
  /** `bytes` random bytes in lower-case hex. */
  hex(bytes: number): string;
  /** A number from 0 to 1. */
  fraction(): number;
}
