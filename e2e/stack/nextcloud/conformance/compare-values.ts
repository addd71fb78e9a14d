/** Compares single values: exact ones, made-up ones, times. */
import type { Kind, Likeness } from './likeness.ts';

/** What all comparisons of one exchange share. */
export interface Comparison {
  readonly likeness: Likeness;
  /** The recorded server's and ours, `127.0.0.1:1234`. */
  readonly host: string;
  /** When this exchange was recorded and replayed, in milliseconds. */
  readonly recordedAt: number;
  readonly replayedAt: number;
  readonly differences: string[];
}

/** Made within this time of the exchange: a time of the run, not one a client set. */
const runMs = 3 * 60 * 60 * 1000;
/** How far a time of the run may lie from where the recording has it. */
const toleranceMs = 90 * 1000;

export function note(comparison: Comparison, where: string, problem: string): void {
  comparison.differences.push(`${where}: ${problem}`);
}

export function expectEqual(comparison: Comparison, where: string, recorded: string, actual: string): void {
  const { likeness, host } = comparison;
  const expected = likeness.translate(recorded).replaceAll('{host}', host);
  if (expected !== actual) note(comparison, where, `${quote(expected)} expected, ${quote(actual)} found`);
}

export function expectLike(
  comparison: Comparison,
  kind: Kind,
  where: string,
  recorded: string,
  actual: string,
): void {
  const problem = comparison.likeness.pair(kind, recorded, actual);
  if (problem !== null) note(comparison, where, problem);
}

/** Etags: quotes and a `-gzip` suffix must agree, what is between them stands for the recorded one. */
export function expectEtag(comparison: Comparison, where: string, recorded: string, actual: string): void {
  const shape = (etag: string) =>
    etag.replace(/[0-9a-z]+(?=(-gzip)?"*$)/, (value) => `${value.length} characters`);
  if (shape(recorded) !== shape(actual)) note(comparison, where, `${recorded} recorded, ${actual} found`);
  const bare = (etag: string) => etag.replaceAll('"', '').replace(/-gzip$/, '');
  if (/^\d{10}$/.test(recorded)) expectTimeName(comparison, where, recorded, actual);
  else expectLike(comparison, 'etag', where, bare(recorded), bare(actual));
}

/** Trash and versions use a bare time as etag and as part of the name. */
function expectTimeName(comparison: Comparison, where: string, recorded: string, actual: string): void {
  expectTime(comparison, where, Number(recorded) * 1000, Number(actual) * 1000);
  if (where.includes('/trashbin/')) expectLike(comparison, 'trash time', where, recorded, actual);
  if (where.includes('/versions/')) expectLike(comparison, 'version time', where, recorded, actual);
}

/** `00000101octex7bkni98`: the number, padded, then the instance. */
export function expectOcId(comparison: Comparison, where: string, recorded: string, actual: string): void {
  const parts = (text: string) => /^(\d{8,})(oc[a-z0-9]{10})?$/.exec(text);
  const [expected, found] = [parts(recorded), parts(actual)];
  if (!expected?.[1] || !found?.[1]) {
    expectFileId(comparison, where, recorded, actual);
    return;
  }
  expectFileId(comparison, where, String(Number(expected[1])), String(Number(found[1])));
  expectLike(comparison, 'instance', where, expected[2] ?? '', found[2] ?? '');
}

export function expectFileId(comparison: Comparison, where: string, recorded: string, actual: string): void {
  if (!/^\d+$/.test(actual)) note(comparison, where, `${quote(actual)} is no file id`);
  expectLike(comparison, 'file id', where, recorded, actual);
}

/** Times a client set are exact; times of the run lie as far from the exchange as recorded. */
export function expectTime(
  comparison: Comparison,
  where: string,
  recordedMs: number,
  actualMs: number,
): void {
  const { recordedAt, replayedAt } = comparison;
  const ofTheRun = Math.abs(recordedMs - recordedAt) < runMs;
  const expected = ofTheRun ? recordedMs - recordedAt + replayedAt : recordedMs;
  const tolerance = ofTheRun ? toleranceMs : 0;
  if (!(Math.abs(actualMs - expected) <= tolerance)) {
    note(comparison, where, `time ${stamp(expected)} expected, ${stamp(actualMs)} found`);
  }
}

/** A text with placeholders (`<poll token>`, `<masked>`): the rest must fit, what fills them is remembered. */
export function expectTemplate(
  comparison: Comparison,
  where: string,
  recorded: string,
  actual: string,
): void {
  const names: string[] = [];
  const pattern = comparison.likeness
    .translate(recorded)
    .replaceAll('{host}', comparison.host)
    .split(/(<[a-z][a-z0-9 ]+>|\{datadir\})/)
    .map((part, index) => {
      if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(part);
      return '(.+)';
    })
    .join('');
  const match = new RegExp(`^${pattern}$`, 's').exec(actual);
  if (!match) {
    note(comparison, where, `${quote(recorded)} does not fit ${quote(actual)}`);
    return;
  }
  for (const [index, name] of names.entries()) {
    if (name.startsWith('<masked') || name === '{datadir}') continue;
    expectLike(comparison, 'secret', where, name, match[index + 1] ?? '');
  }
}

export function quote(text: string): string {
  return JSON.stringify(text.length > 160 ? `${text.slice(0, 160)}…` : text);
}

function stamp(ms: number): string {
  return Number.isNaN(ms) ? 'none' : new Date(ms).toISOString();
}
