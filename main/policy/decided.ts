import { isDeepStrictEqual } from 'node:util';
import type { DecidedSetting } from '../../preload/contract/settings.ts';
import type { PolicyInForce } from './in-force.ts';
import { policyReport, type ReportedSetting } from './report.ts';
import type { Setting } from './schema/setting.ts';
import { settingOf } from './schema/table.ts';
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };

const TEXTS = { fr, en } as const;
type Texts = (typeof TEXTS)[keyof typeof TEXTS];

/**
 * What the organisation decided, in words, without any secret: all of its policies, and what the brand fixes otherwise than
 * usual.
 */
export function decidedSettings(policy: PolicyInForce, language: keyof typeof TEXTS): DecidedSetting[] {
  const texts = TEXTS[language];
  return policyReport(policy).settings.flatMap(({ key, value, origin, place }) => {
    const setting = settingOf(key);
    if (origin !== 'machine' && origin !== 'user' && origin !== 'brand') return [];
    if (origin === 'brand' && isDeepStrictEqual(value, setting.usual)) return [];
    return {
      key,
      group: texts.categories[setting.category],
      name: texts.settings[key].name,
      value: inWords({ key, value }, setting, texts),
      by: origin,
      place,
    };
  });
}

function inWords(
  { key, value }: Pick<ReportedSetting, 'key' | 'value'>,
  { form }: Setting,
  texts: Texts,
): string {
  const { words } = texts;
  if (value === null || (Array.isArray(value) && value.length === 0)) return words.nothing;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object') return speed(value, words);
  if (typeof value !== 'string') return JSON.stringify(value);
  if (form.as !== 'choice') return value;
  const text: { readonly name: string; readonly options?: Readonly<Record<string, string>> } =
    texts.settings[key];
  return text.options?.[value] ?? value;
}

/** A limit of speed: the one kind of value that is written otherwise than it is kept. */
function speed(value: object, words: Texts['words']): string {
  if ('percent' in value) return words.share.replace('{percent}', String(value.percent));
  if ('kilobytesPerSecond' in value)
    return words.speed.replace('{kilobytes}', String(value.kilobytesPerSecond));
  return words.nothing;
}
