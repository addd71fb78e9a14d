/** Facts of a log line: codes, counts and durations. A message body, password or token has no place here. */
export type LogDetails = Readonly<Record<string, string | number | boolean>>;

/** Writes one line a fact: `event` is a stable dotted name, an error adds its chain of causes (redacted by the writer). */
export interface Log {
  readonly info: (event: string, details?: LogDetails, error?: unknown) => void;
  readonly warn: (event: string, details?: LogDetails, error?: unknown) => void;
  readonly error: (event: string, details?: LogDetails, error?: unknown) => void;
}
