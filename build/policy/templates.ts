import { adml, admx, type TemplateBrand } from './admx.ts';
import { policyJsonSchema, settingsPage } from './documents.ts';
import { offeredSettings } from './offered.ts';
import { mobileConfig } from './profile.ts';
import { FRAME, LANGUAGES } from './words.ts';

/** Everything that is made for administrators from the table of settings: texts by the path of their file. */
export function templates(brand: TemplateBrand): ReadonlyMap<string, string> {
  const ids = offeredSettings();
  return new Map([
    ['policy.schema.json', policyJsonSchema(ids)],
    [`${brand.id}.admx`, admx(ids, brand)],
    ...LANGUAGES.map((language): [string, string] => [
      `${FRAME[language].culture}/${brand.id}.adml`,
      adml(ids, brand, language),
    ]),
    [`${brand.id}.mobileconfig`, mobileConfig(ids, brand)],
    ['settings.md', settingsPage(ids, 'en')],
    ['reglages.md', settingsPage(ids, 'fr')],
  ]);
}
