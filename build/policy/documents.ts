import { z } from 'zod';
import { CATEGORIES } from '../../main/policy/schema/setting.ts';
import { type SettingId, settingOf } from '../../main/policy/schema/table.ts';
import { FRAME, type Language, TEXTS, usualInWords, usualWritten, valuesInWords } from './words.ts';

/** The schema of `policy.json` for editors. */
export function policyJsonSchema(ids: readonly SettingId[]): string {
  const properties = ids.map((id) => {
    const setting = settingOf(id);
    const { $schema: _, ...schema } = z.toJSONSchema(setting.type, { io: 'input', unrepresentable: 'any' });
    const { name, explanation } = TEXTS.en.settings[id];
    const usual = usualWritten(setting);
    return [
      id,
      { title: name, description: explanation, ...schema, ...(usual === null ? {} : { default: usual }) },
    ];
  });
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Policy',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(properties) },
    additionalProperties: false,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** All settings by group, for people. */
export function settingsPage(ids: readonly SettingId[], language: Language): string {
  const { title, generated, columns } = FRAME[language];
  const sections = CATEGORIES.flatMap((category) => {
    const own = ids.filter((id) => settingOf(id).category === category);
    if (own.length === 0) return [];
    const head = [columns, columns.map(() => '---')].map((cells) => line(cells));
    return [
      `## ${TEXTS[language].categories[category]}`,
      [...head, ...own.map((id) => row(id, language))].join('\n'),
    ];
  });
  return `${[`# ${title}`, generated, ...sections].join('\n\n')}\n`;
}

function row(id: SettingId, language: Language): string {
  const setting = settingOf(id);
  const { name, explanation } = TEXTS[language].settings[id];
  const values = valuesInWords(setting.form, id, language);
  const usual = usualInWords(setting, id, language);
  const scope = FRAME[language].scope[setting.scope];
  return line([`\`${id}\``, name, explanation, values, usual, scope, setting.since]);
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`).replaceAll('*', String.raw`\*`)).join(' | ')} |`;
}
