import { median } from '../figures.ts';

/** What a task should come to. `ratio` is to the peer. */
export interface Aim {
  readonly ratio?: number;
  readonly seconds?: number;
  readonly requests?: number;
  readonly mb?: number;
}

/** One measurement of a task. */
export interface Taken {
  readonly seconds: number;
  /** Nothing where they were not counted. */
  readonly requests?: number;
  /** Most memory, in MB. */
  readonly peakMb?: number;
}

/** What one task took, in the medians of all runs: the line of the JSON file. */
export interface Result {
  readonly task: string;
  readonly ours_s: number;
  readonly peer_s: number | null;
  readonly ratio: number | null;
  readonly requests: number | null;
  readonly peak_mb: number | null;
}

type Side = 'ours' | 'peer';

interface Row {
  readonly aim: Aim;
  readonly ours: Taken[];
  readonly peer: Taken[];
}

/** Collects measurements and sums them up. */
export class Figures {
  readonly #rows = new Map<string, Row>();

  add(task: string, aim: Aim, side: Side, taken: Taken): void {
    const row = this.#rows.get(task) ?? { aim, ours: [], peer: [] };
    row[side].push(taken);
    this.#rows.set(task, row);
  }

  results(): Result[] {
    return [...this.#rows].flatMap(([task, row]) => (row.ours.length === 0 ? [] : [resultOf(task, row)]));
  }

  /** Lines of plain text: each task with its medians, its aim, and whether that was reached. */
  lines(): string[] {
    const rows = this.results().map((result) => {
      const aim = this.#rows.get(result.task)?.aim ?? {};
      return [
        result.task,
        `${result.ours_s} s`,
        result.peer_s === null ? '-' : `${result.peer_s} s`,
        result.ratio === null ? '-' : `${result.ratio}x`,
        result.requests === null ? '-' : String(result.requests),
        result.peak_mb === null ? '-' : `${result.peak_mb} MB`,
        textOf(aim),
        verdictOf(result, aim),
      ];
    });
    return aligned([['task', 'ours', 'peer', 'ratio', 'requests', 'memory', 'aim', ''], ...rows]);
  }
}

function resultOf(task: string, { ours, peer }: Row): Result {
  const ours_s = middle(ours, ({ seconds }) => seconds) ?? Number.NaN;
  const peer_s = middle(peer, ({ seconds }) => seconds);
  return {
    task,
    ours_s: rounded(ours_s),
    peer_s: peer_s === null ? null : rounded(peer_s),
    ratio: peer_s === null ? null : rounded(ours_s / peer_s),
    requests: wholeOr(middle(ours, ({ requests }) => requests)),
    peak_mb: wholeOr(middle(ours, ({ peakMb }) => peakMb)),
  };
}

function middle(all: readonly Taken[], of: (taken: Taken) => number | undefined): number | null {
  const values = all.map(of).filter((value) => value !== undefined);
  return values.length === 0 ? null : median(values);
}

function wholeOr(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function textOf({ ratio, seconds, requests, mb }: Aim): string {
  return [
    ratio === undefined ? '' : `${ratio}x`,
    seconds === undefined ? '' : `${seconds} s`,
    requests === undefined ? '' : `${requests} request${requests === 1 ? '' : 's'}`,
    mb === undefined ? '' : `${mb} MB`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** Whether all parts of an aim were reached; nothing can be said of a ratio without a peer. */
export function verdictOf(result: Result, { ratio, seconds, requests, mb }: Aim): string {
  const parts = [
    [ratio, result.ratio],
    [seconds, result.ours_s],
    [requests, result.requests],
    [mb, result.peak_mb],
  ] as const;
  const asked = parts.filter(([aim]) => aim !== undefined);
  if (asked.length === 0) return '';
  if (asked.some(([, value]) => value === null)) return 'not compared';
  return asked.every(([aim, value]) => (value ?? 0) <= (aim ?? 0)) ? 'reached' : 'NOT reached';
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
