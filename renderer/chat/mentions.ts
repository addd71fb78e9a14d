import type { Person } from '../matrix/protocol.ts';
import { folded } from '../salons/list/list-rows.ts';

const MOST = 6;
const LONGEST_NAME = 60;

/** The `@` before the caret that a name is being typed after. */
export interface MentionStart {
  /** Where the `@` stands. */
  readonly from: number;
  readonly typed: string;
}

/** The name being typed after an `@` at the caret, null when there is none. Names may hold spaces. */
export function mentionAt(text: string, caret: number): MentionStart | null {
  const from = text.lastIndexOf('@', caret - 1);
  if (from < 0 || caret - from > LONGEST_NAME) return null;
  const before = text[from - 1];
  if (before !== undefined && !/[\s(«"']/u.test(before)) return null;
  const typed = text.slice(from + 1, caret);
  return /[\n@]|\s{2}|^\s/u.test(typed) ? null : { from, typed };
}

/** Members whose name or one of its words begins with what is typed. */
export function suggestions<P extends Person>(members: readonly P[], typed: string): readonly P[] {
  const wanted = folded(typed);
  return members
    .filter(({ name }) => {
      const known = folded(name);
      return known.startsWith(wanted) || known.split(/[\s-]+/).some((word) => word.startsWith(wanted));
    })
    .slice(0, MOST);
}

/** The text with the name in place of what was typed, and where the caret goes. */
export function completed(
  text: string,
  start: MentionStart,
  name: string,
): { readonly text: string; readonly caret: number } {
  const before = `${text.slice(0, start.from)}@${name} `;
  const after = text.slice(start.from + 1 + start.typed.length);
  return { text: before + after.replace(/^ /, ''), caret: before.length };
}

/** Who is mentioned: members whose name stands in the text after an `@`, the longest name first. */
export function mentionedIn(text: string, members: readonly Person[]): readonly string[] {
  let rest = text;
  const mentioned: string[] = [];
  for (const { userId, name } of members.toSorted((a, b) => b.name.length - a.name.length)) {
    if (name === '' || !rest.includes(`@${name}`)) continue;
    mentioned.push(userId);
    rest = rest.replaceAll(`@${name}`, ' ');
  }
  return mentioned;
}
