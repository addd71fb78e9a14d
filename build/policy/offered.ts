import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SETTING_IDS, type SettingId, settingOf } from '../../main/policy/schema/table.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The settings that some code reads: the others would be promises, so that no template has them. */
export function offeredSettings(): readonly SettingId[] {
  const texts = new Map<string, string>();
  return SETTING_IDS.filter((id) => {
    const { readBy } = settingOf(id);
    const text = texts.get(readBy) ?? sourcesOf(join(ROOT, readBy));
    texts.set(readBy, text);
    return new RegExp(String.raw`\.${id}\b|[{,]\s*${id}\s*[,}:]`).test(text);
  });
}

/** The code in a file, or in all files below a folder; tests are none. */
function sourcesOf(place: string): string {
  if (!statSync(place, { throwIfNoEntry: false })) return '';
  if (!statSync(place).isDirectory()) return readFileSync(place, 'utf8');
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => readFileSync(join(place, name), 'utf8'))
    .join('\n');
}
