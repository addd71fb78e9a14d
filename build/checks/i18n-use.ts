import { baseOf, type Texts } from './i18n-dictionaries.ts';

/** A source, and the namespace that its keys leave out (the call window has but one). */
export interface Source {
  readonly text: string;
  readonly namespace: string | null;
}

/**
 * Keys that the sources name and the dictionaries lack, and texts that no source names. A key stands in a source as a
 * whole (`'chat:send'`) or with a part that is filled in (`errors:problem.${code}.title`); `asked` are keys that the
 * contract makes.
 */
export function findUseFaults(
  texts: Texts,
  sources: readonly Source[],
  asked: readonly string[],
): readonly string[] {
  const keys = new Set(Object.keys(texts.fr).map(baseOf));
  const namespaces = [...new Set([...keys].map((key) => key.slice(0, key.indexOf(':'))))];
  const { whole, patterns } = namedKeys(sources, namespaces, keys);
  const named = new Set([...whole, ...asked]);
  const groups = new Set([...keys].flatMap(groupsOf));
  const missing = [...named].filter((key) => !keys.has(key) && !groups.has(key));
  const unused = [...keys].filter(
    (key) =>
      !named.has(key) &&
      !patterns.some((pattern) => pattern.test(key)) &&
      !groupsOf(key).some((group) => named.has(group)),
  );
  return [
    ...missing.map((key) => `${key}: named in a source, but no text`),
    ...unused.map((key) => `${key}: a text that nothing names`),
  ];
}

function namedKeys(sources: readonly Source[], namespaces: readonly string[], keys: ReadonlySet<string>) {
  const start = `(?:${namespaces.join('|')}):`;
  const whole = new Set<string>();
  const patterns = new Map<string, RegExp>();
  for (const { text, namespace } of sources) {
    for (const [, key = ''] of text.matchAll(new RegExp(`['"\`](${start}[\\w.-]+)['"\`]`, 'g')))
      whole.add(key);
    for (const [, key = ''] of text.matchAll(new RegExp(`\`(${start}[^\`]*\\$\\{[^\`]*)\``, 'g')))
      patterns.set(key, patternOf(key));
    if (namespace === null) continue;
    for (const [, key = ''] of text.matchAll(/['"`]([\w.-]+)['"`]/g))
      if (keys.has(`${namespace}:${key}`)) whole.add(`${namespace}:${key}`);
    for (const [, key = ''] of text.matchAll(/`([\w.-]*\.\$\{[^`]*)`/g))
      patterns.set(key, patternOf(`${namespace}:${key}`));
  }
  return { whole, patterns: [...patterns.values()] };
}

/** A key with parts filled in, as a pattern; a group of texts may follow it (`${key}.title`). */
function patternOf(key: string): RegExp {
  const parts = key.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^$()[\]\\|]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[\\w.-]+')}(?:\\.\\w+)?$`);
}

/** The groups a key stands in: `errors:problem.quota.title` is in `errors:problem.quota` and `errors:problem`. */
function groupsOf(key: string): readonly string[] {
  const parts = key.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}
