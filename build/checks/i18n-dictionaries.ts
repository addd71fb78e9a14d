/** All texts by language; keys as `chat:compose.send`, plural forms with their ending. */
export interface Texts {
  readonly fr: Readonly<Record<string, string>>;
  readonly en: Readonly<Record<string, string>>;
}

/** The endings of plural forms that a language needs (CLDR cardinal categories). */
const PLURALS = { fr: ['one', 'many', 'other'], en: ['one', 'other'] } as const;
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Words of the machine room that nobody using the program shall have to know. English has rooms of other kinds. */
const NEVER_SHOWN = {
  fr: /\b(homeserver|rooms?|device keys?|cross-signing|session id|etag|webdav|sync|tokens?|widgets?|megolm|oauth|api|http)\b/i,
  en: /\b(homeserver|device keys?|cross-signing|session id|etag|webdav|sync|tokens?|widgets?|megolm|oauth|api|http)\b/i,
} as const;

/** One thing, one word: French says PC, service informatique, serveur d’appels; English says computer. */
const OTHER_WORD = {
  fr: /\bordinateurs?\b|\bassistance informatique\b|\bserveurs? (de conversation|d’appel)(?!s)/i,
  en: /\bPCs?\b/,
} as const;

/** The key without its plural ending. */
export function baseOf(key: string): string {
  return key.replace(PLURAL, '');
}

/** What is wrong with the dictionaries themselves. */
export function findDictionaryFaults(texts: Texts): readonly string[] {
  return [
    ...missingPairs(texts),
    ...missingPlurals('fr', texts.fr),
    ...missingPlurals('en', texts.en),
    ...differentBlanks(texts),
    ...Object.entries(texts.fr).flatMap(([key, text]) =>
      frenchFaults(text).map((fault) => `fr ${key}: ${fault}: ${text}`),
    ),
    ...shownWords('fr', texts.fr),
    ...shownWords('en', texts.en),
    ...otherWords('fr', texts.fr),
    ...otherWords('en', texts.en),
  ];
}

function otherWords(language: 'fr' | 'en', texts: Texts['fr']): readonly string[] {
  return Object.entries(texts)
    .filter(([, text]) => OTHER_WORD[language].test(text))
    .map(([key, text]) => `${language} ${key}: another word is used for this: ${text}`);
}

function missingPairs({ fr, en }: Texts): readonly string[] {
  const known = { fr: new Set(Object.keys(fr).map(baseOf)), en: new Set(Object.keys(en).map(baseOf)) };
  return [
    ...[...known.fr].filter((key) => !known.en.has(key)).map((key) => `en ${key}: missing`),
    ...[...known.en].filter((key) => !known.fr.has(key)).map((key) => `fr ${key}: missing`),
  ];
}

function missingPlurals(language: 'fr' | 'en', texts: Texts['fr']): readonly string[] {
  const plural = new Set(
    Object.keys(texts)
      .filter((key) => PLURAL.test(key))
      .map(baseOf),
  );
  return [...plural].flatMap((key) =>
    PLURALS[language]
      .filter((form) => !(`${key}_${form}` in texts))
      .map((form) => `${language} ${key}: no form for "${form}"`),
  );
}

/** Both languages fill in the same things; a singular may leave the figure out. */
function differentBlanks({ fr, en }: Texts): readonly string[] {
  const blanks = (text: string) => new Set(text.match(/{{\w+}}/g) ?? []);
  const all = (texts: Texts['fr'], base: string) =>
    blanks(
      Object.keys(texts)
        .flatMap((key) => (baseOf(key) === base ? [texts[key] ?? ''] : []))
        .join(' '),
    );
  const bases = new Set(Object.keys(fr).map(baseOf));
  return [...bases].flatMap((base) => {
    const [one, other] = [all(fr, base), all(en, base)];
    const same = one.size === other.size && [...one].every((blank) => other.has(blank));
    return same || other.size + one.size === 0
      ? []
      : [`${base}: fr fills in ${[...one].join()}, en ${[...other].join()}`];
  });
}

const RULES: readonly (readonly [RegExp, string])[] = [
  [/[ \u00a0][:;!?»]/u, 'a fine no-break space (U+202F) goes before : ; ! ? »'],
  [/[\p{L}\p{N})}…][:;!?»](?=\s|$)/u, 'a fine no-break space (U+202F) goes before : ; ! ? »'],
  [/«(?!\u202f)/u, 'a fine no-break space (U+202F) goes after «'],
  [/'/u, 'the apostrophe is ’'],
  [/\.\.\./u, 'three dots are one sign …'],
  [/ {2}/u, 'two spaces'],
  [/^\s|\s$/u, 'a space at an end'],
  [/"(?![ <])|(?<! )"/u, 'quotation marks are « »'],
];

/** What is not written as French is. */
export function frenchFaults(text: string): readonly string[] {
  const faults = RULES.filter(([rule]) => rule.test(text)).map(([, fault]) => fault);
  if (text.includes('!') && !/merci/i.test(text)) faults.push('no exclamation but thanks');
  return [...new Set(faults)];
}

function shownWords(language: 'fr' | 'en', texts: Texts['fr']): readonly string[] {
  return Object.entries(texts).flatMap(([key, text]) => {
    const word = NEVER_SHOWN[language].exec(text)?.[0];
    return word === undefined ? [] : [`${language} ${key}: "${word}" is a word we never show: ${text}`];
  });
}
