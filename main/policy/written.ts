import type { z } from 'zod';
import type { Scope } from './schema/setting.ts';
import {
  isSettingId,
  type PolicyValues,
  type SettingId,
  type SomeValues,
  settingOf,
} from './schema/table.ts';

/** What is wrong with a key that somebody wrote: nobody knows it, its value is none, or it is not decided there. */
export interface Complaint {
  readonly key: string;
  readonly problem: 'unknown' | 'wrong-value' | 'wrong-scope';
  /** What the value should be, in the schema's words; the value itself may be a secret. */
  readonly expected?: string;
}

/** What could be understood of what was written, and what not. */
export interface Understood {
  readonly values: SomeValues;
  readonly complaints: readonly Complaint[];
}

/** Checks each key by itself: a typing error in one must not lift the others. */
export function understand(
  written: Readonly<Record<string, unknown>>,
  scope: Exclude<Scope, 'both'>,
): Understood {
  const values: Draft = {};
  const complaints: Complaint[] = [];
  for (const [key, value] of Object.entries(written)) {
    if (key === '$schema') continue;
    const complaint = isSettingId(key)
      ? take(values, key, value, scope)
      : { key, problem: 'unknown' as const };
    if (complaint) complaints.push(complaint);
  }
  return { values, complaints };
}

type Draft = { -readonly [K in SettingId]?: PolicyValues[K] };

function take<K extends SettingId>(
  values: Pick<Draft, K>,
  key: K,
  value: unknown,
  scope: Scope,
): Complaint | null {
  const setting = settingOf(key);
  if (setting.scope !== 'both' && setting.scope !== scope) return { key, problem: 'wrong-scope' };
  const result = setting.type.safeParse(value);
  if (!result.success) return { key, problem: 'wrong-value', expected: expectation(result.error) };
  values[key] = result.data;
  return null;
}

function expectation(error: z.ZodError): string {
  return error.issues[0]?.message ?? '';
}
