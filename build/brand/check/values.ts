import type { z } from 'zod';
import { Brand } from '../../../main/brand/schema.ts';
import type { Finding, FindingCode } from './finding.ts';

/** A pack's values, or all that is wrong with them. */
export type Values =
  | { readonly brand: Brand }
  | { readonly findings: readonly Omit<Finding, 'pack' | 'file'>[] };

/** Reads the text of a `brand.json`. */
export function readValues(text: string): Values {
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch (error) {
    return {
      findings: [{ field: '', code: 'not-json', about: [error instanceof Error ? error.message : ''] }],
    };
  }
  const result = Brand.safeParse(written);
  if (result.success) return { brand: result.data };
  const findings = result.error.issues.flatMap((issue) => findingsOf(issue, written));
  // A value that breaks two rules needs one remedy.
  return { findings: [...new Map(findings.map((finding) => [finding.field, finding])).values()] };
}

function findingsOf(issue: z.core.$ZodIssue, written: unknown): Omit<Finding, 'pack' | 'file'>[] {
  const field = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: join(field, key), code: 'unknown', about: [key] }));
  }
  const value = at(written, issue.path);
  return [{ field, code: codeOf(value), about: [value === undefined ? '' : JSON.stringify(value)] }];
}

function codeOf(value: unknown): FindingCode {
  if (value === undefined) return 'missing';
  return typeof value === 'string' && /[<>]/.test(value) ? 'markup' : 'wrong';
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function join(field: string, key: string): string {
  return field === '' ? key : `${field}.${key}`;
}
