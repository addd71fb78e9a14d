import { z } from 'zod';

/** Where a value may be decided: for the machine, for an account of the system, or in either. */
export type Scope = 'machine' | 'user' | 'both';

/** The groups that administrators see settings in. */
export const CATEGORIES = [
  'servers',
  'account',
  'updates',
  'program',
  'network',
  'folders',
  'calls',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** What every setting says of itself; its name and explanation stand in `texts/`, by its id. */
export interface Facts {
  readonly category: Category;
  readonly scope: Scope;
  /** The version of the program that obeyed it first. */
  readonly since: string;
  /** The file or folder whose code obeys it: what none reads is not offered to administrators. */
  readonly readBy: string;
}

/** How a value is written down: one word for each kind of registry value and element of a template. */
export type Form =
  /** A dword, 0 or 1; true or false elsewhere. */
  | { readonly as: 'flag' }
  /** A dword; a number elsewhere. */
  | { readonly as: 'number'; readonly min: number; readonly max: number }
  /** A string, one of a few. */
  | { readonly as: 'choice'; readonly options: readonly string[] }
  /** A string; `usual` is what would have to be written for the usual value, null where nothing is. */
  | { readonly as: 'text'; readonly maxLength: number; readonly usual: string | null }
  /** A key with one string value each, or one value of several strings; an array elsewhere. */
  | { readonly as: 'list' };

/** One thing that an administrator can decide. */
export interface Setting<Value = unknown> extends Facts {
  /** What may be written, and the value that it becomes. */
  readonly type: z.ZodType<Value>;
  /** What holds when nobody decides. */
  readonly usual: Value;
  readonly form: Form;
}

/** Yes or no. */
export function flag(usual: boolean, facts: Facts): Setting<boolean> {
  return { ...facts, type: z.boolean(), usual, form: { as: 'flag' } };
}

/** A whole number; a registry holds up to 32 bits of it. */
export function number(
  limits: { readonly min: number; readonly max: number },
  usual: number,
  facts: Facts,
): Setting<number> {
  const type = z.int().min(limits.min).max(limits.max);
  return { ...facts, type, usual, form: { as: 'number', ...limits } };
}

/** One of a few words. */
export function choice<const Option extends string>(
  options: readonly Option[],
  usual: NoInfer<Option>,
  facts: Facts,
): Setting<Option> {
  return { ...facts, type: z.enum(options), usual, form: { as: 'choice', options } };
}

/** A text that its schema understands, of so many characters at most. */
export function text<Value>(
  written: { readonly type: z.ZodType<Value>; readonly maxLength: number },
  usual: string,
  facts: Facts,
): Setting<Value> {
  const { type, maxLength } = written;
  return { ...facts, type, usual: type.parse(usual), form: { as: 'text', maxLength, usual } };
}

/** A text that nothing stands for when nobody decides. */
export function maybeText(
  written: { readonly type: z.ZodType<string>; readonly maxLength: number },
  facts: Facts,
): Setting<string | null> {
  const { type, maxLength } = written;
  return { ...facts, type, usual: null, form: { as: 'text', maxLength, usual: null } };
}

/** Several texts, so many at most. */
export function list<Item extends string>(
  item: z.ZodType<Item>,
  most: number,
  usual: readonly NoInfer<Item>[],
  facts: Facts,
): Setting<readonly Item[]> {
  return { ...facts, type: z.array(item).max(most), usual, form: { as: 'list' } };
}
