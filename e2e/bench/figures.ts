/** A measured quantity over several runs, with the unit it is printed in. */
export interface Figure {
  readonly name: string;
  readonly unit: 'ms' | 'MB' | 's';
  readonly runs: readonly number[];
  /** What we aim at, in the same unit; null where there is no aim. */
  readonly aim: number | null;
}

/** The middle one; the mean of the two middle ones when they are even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no value to take the median of');
  return (upper + lower) / 2;
}

/** A table in plain text: one line a figure with median, range and aim. */
export function table(figures: readonly Figure[]): string {
  const rows = [
    ['', 'median', 'min', 'max', 'runs', 'aim'],
    ...figures.map(({ name, unit, runs, aim }) => [
      name,
      `${text(median(runs), unit)} ${unit}`,
      text(Math.min(...runs), unit),
      text(Math.max(...runs), unit),
      String(runs.length),
      aim === null ? '' : `${aim} ${unit}`,
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

function text(value: number, unit: Figure['unit']): string {
  return value.toFixed(unit === 's' ? 2 : 0);
}
