/** Compares JSON bodies: same keys, same types, same meaning. */
import type { Comparison } from './compare-values.ts';
import { expectEqual, expectFileId, expectLike, expectTemplate, expectTime, note } from './compare-values.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Rule = (comparison: Comparison, where: string, recorded: string, actual: string) => void;

const anyValue: Rule = () => {
  // Depends on the machine; the type was compared already.
};
const seconds: Rule = (comparison, where, recorded, actual) =>
  expectTime(comparison, where, Number(recorded) * 1000, Number(actual) * 1000);
const kind =
  (name: Parameters<typeof expectLike>[1]): Rule =>
  (comparison, where, recorded, actual) =>
    expectLike(comparison, name, where, recorded, actual);

/** How values under these keys are compared; all others must be equal. */
const rules: Readonly<Record<string, Rule>> = {
  id: (comparison, where, recorded, actual) =>
    /^\d+$/.test(recorded)
      ? expectLike(comparison, 'share id', where, recorded, actual)
      : expectEqual(comparison, where, recorded, actual),
  stime: seconds,
  token: (comparison, where, recorded, actual) =>
    recorded.startsWith('<')
      ? expectTemplate(comparison, where, recorded, actual)
      : expectLike(comparison, 'token', where, recorded, actual),
  etag: (comparison, where, recorded, actual) => {
    if (!/^[0-9a-f]{32}$/.test(actual)) note(comparison, where, `${actual} is no bare etag`);
    if (where.includes('/b')) expectLike(comparison, 'etag', where, recorded, actual);
  },
  item_source: expectFileId,
  file_source: expectFileId,
  file_parent: expectFileId,
  storage: anyValue,
  lastLogin: anyValue,
  storageLocation: anyValue,
  free: anyValue,
  used: anyValue,
  total: anyValue,
  relative: anyValue,
  notification_id: anyValue,
  object_id: kind('object id'),
  datetime: (comparison, where, recorded, actual) =>
    expectTime(comparison, where, Date.parse(recorded), Date.parse(actual)),
};

/** Compares two documents; a recorded list that was cut is compared as far as it goes. */
export function compareJson(comparison: Comparison, recorded: string, actual: string, isCut: boolean): void {
  const expected = parse(isCut ? closeCutJson(recorded) : recorded);
  const found = parse(actual);
  if (expected === undefined || found === undefined) note(comparison, 'body', 'is not JSON');
  else compareValues(comparison, '', '', expected, found, isCut);
}

function compareValues(
  comparison: Comparison,
  where: string,
  key: string,
  recorded: Json,
  actual: Json,
  isCut: boolean,
): void {
  if (typeOf(recorded) !== typeOf(actual)) {
    note(comparison, where, `${JSON.stringify(recorded)} expected, ${JSON.stringify(actual)} found`);
  } else if (Array.isArray(recorded) && Array.isArray(actual)) {
    compareLists(comparison, where, recorded, actual, isCut);
  } else if (isObject(recorded) && isObject(actual)) {
    compareObjects(comparison, where, recorded, actual, isCut);
  } else {
    compareLeaf(comparison, where, key, textOf(recorded), textOf(actual));
  }
}

function compareLists(
  comparison: Comparison,
  where: string,
  recorded: readonly Json[],
  actual: readonly Json[],
  isCut: boolean,
): void {
  if (isCut ? recorded.length > actual.length : recorded.length !== actual.length) {
    note(comparison, where, `${recorded.length} elements expected, ${actual.length} found`);
    return;
  }
  for (const [index, each] of recorded.entries()) {
    const other = actual[index];
    if (other !== undefined) compareValues(comparison, `${where}[${index}]`, '', each, other, false);
  }
}

function compareObjects(
  comparison: Comparison,
  where: string,
  recorded: Record<string, Json>,
  actual: Record<string, Json>,
  isCut: boolean,
): void {
  const [expected, found] = [Object.keys(recorded).join(), Object.keys(actual).join()];
  if (expected !== found) note(comparison, where, `keys ${expected} expected, ${found} found`);
  for (const [key, value] of Object.entries(recorded)) {
    const other = actual[key];
    if (other !== undefined) compareValues(comparison, `${where}/${key}`, key, value, other, isCut);
  }
}

function compareLeaf(
  comparison: Comparison,
  where: string,
  key: string,
  recorded: string,
  actual: string,
): void {
  if (recorded.startsWith('3|$argon2id')) {
    // Every server hashes in its own way; what counts is that there is something in place of the password.
    if (!actual.startsWith('3|')) note(comparison, where, `${actual} is no password hash`);
  } else if (rules[key]) rules[key](comparison, where, recorded, actual);
  else if (/<[a-z][a-z0-9 ]+>/.test(recorded)) expectTemplate(comparison, where, recorded, actual);
  else expectEqual(comparison, where, recorded, actual);
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function isObject(value: Json): value is Record<string, Json> {
  return typeOf(value) === 'object';
}

function parse(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined; // reported by the caller
  }
}

/** Ends a cut OCS list after its last whole element. */
function closeCutJson(text: string): string {
  return `${text.slice(0, text.lastIndexOf('},{"id"'))}}]}}`;
}
