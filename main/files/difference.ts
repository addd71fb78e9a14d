import { diffArrays } from 'diff';
import type { Difference, DifferencePart } from '../../preload/contract/difference.ts';
import { textOf } from './text-of.ts';

/** Larger files are not compared: nobody reads the difference of a book in a dialog. */
export const MOST_COMPARED_BYTES = 400 * 1024;
/** Unchanged lines that stay around a change. */
const AROUND = 3;
const MOST_LINES = 2000;
const LONGEST_LINE = 600;
/** Very different files take long to compare, and the result helps nobody. */
const PATIENCE_MS = 1500;

/** What differs between the server's version and this computer's, by lines; made in small steps, so that nothing else waits. */
export async function differenceOf(there: Uint8Array, here: Uint8Array): Promise<Difference> {
  if (Buffer.compare(there, here) === 0) return { kind: 'equal' };
  const texts = [textOf(there), textOf(here)].map((text) => (text === null ? null : linesOf(text)));
  const [theirs, ours] = texts;
  if (!theirs || !ours) return { kind: 'none', why: 'not-text' };
  const parts = await compared(theirs, ours);
  if (parts === null) return { kind: 'none', why: 'too-different' };
  if (parts.every(({ side }) => side === 'both')) return { kind: 'none', why: 'invisible' };
  return shortened(parts.flatMap(onlyAround));
}

/** Line ends are not compared: another program writes others. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Null when they differ in too much. The library's steps are timers: it takes about 1 ms a line that differs. */
async function compared(theirs: string[], ours: string[]): Promise<DifferencePart[] | null> {
  if (theirs.length === 0) return [{ side: 'here', lines: ours }];
  if (ours.length === 0) return [{ side: 'there', lines: theirs }];
  return new Promise((resolve) => {
    diffArrays(theirs, ours, {
      timeout: PATIENCE_MS,
      callback: (changes) =>
        resolve(
          changes?.map(({ value, added, removed }) => ({
            side: added ? 'here' : removed ? 'there' : 'both',
            lines: value,
          })) ?? null,
        ),
    });
  });
}

/** Leaves unchanged lines out that are far from any change. */
function onlyAround(part: DifferencePart, index: number, parts: readonly DifferencePart[]): DifferencePart[] {
  if (part.side !== 'both') return [part];
  const { lines } = part;
  const before = index === 0 ? 0 : AROUND;
  const after = index === parts.length - 1 ? 0 : AROUND;
  if (lines.length <= before + after + 1) return [part];
  const skipped = { side: 'skipped', count: lines.length - before - after } as const;
  const kept = (some: string[]): DifferencePart[] =>
    some.length === 0 ? [] : [{ side: 'both', lines: some }];
  return [...kept(lines.slice(0, before)), skipped, ...kept(lines.slice(lines.length - after))];
}

/** No more lines, and no longer ones, than a dialog can show. */
function shortened(parts: readonly DifferencePart[]): Difference {
  let left = MOST_LINES;
  const shown: DifferencePart[] = [];
  for (const part of parts) {
    if (left === 0) return { kind: 'lines', parts: shown, isCut: true };
    if (part.side === 'skipped') shown.push(part);
    else {
      shown.push({ side: part.side, lines: part.lines.slice(0, left).map(cutLine) });
      left -= Math.min(left, part.lines.length);
    }
  }
  const told = (some: readonly DifferencePart[]) =>
    some.reduce((sum, part) => sum + (part.side === 'skipped' ? 0 : part.lines.length), 0);
  return { kind: 'lines', parts: shown, isCut: told(shown) < told(parts) };
}

function cutLine(line: string): string {
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE)}…`;
}
