import { registryPath } from '../../main/policy/places.ts';
import { CATEGORIES, type Scope, type Setting } from '../../main/policy/schema/setting.ts';
import { type SettingId, settingOf } from '../../main/policy/schema/table.ts';
import { FRAME, type Language, TEXTS, usualInWords, usualWritten, type Written } from './words.ts';
import { element, type Xml, xmlFile } from './xml.ts';

/** The brand that a template is for. */
export interface TemplateBrand {
  readonly id: string;
  readonly productName: string;
  readonly applicationId: string;
}

/*
 * Group policy templates, after Microsoft's "ADMX Policy Definition Schema" and "ADMX File Schema" (MS-GPREG, 7.2 and
 * 7.3): the order of elements below is the schema's.
 */
const NAMESPACE = 'http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions';
const ROOT = { xmlns: NAMESPACE, revision: '1.0', schemaVersion: '1.0' };
const CLASS: Readonly<Record<Scope, string>> = { machine: 'Machine', user: 'User', both: 'Both' };
const ROOT_CATEGORY = 'product';

/** The template: what may be decided and where each value goes in the registry. */
export function admx(ids: readonly SettingId[], brand: TemplateBrand): string {
  const settings = ids.map((id) => settingOf(id));
  const versions = [...new Set(settings.map(({ since }) => since))];
  const categories = CATEGORIES.filter((category) =>
    settings.some((setting) => setting.category === category),
  );
  return xmlFile(
    element(
      'policyDefinitions',
      ROOT,
      element(
        'policyNamespaces',
        {},
        element('target', { prefix: nameOf(brand.id), namespace: `Traboule.Policies.${nameOf(brand.id)}` }),
      ),
      element('resources', { minRequiredRevision: '1.0' }),
      element(
        'supportedOn',
        {},
        element(
          'definitions',
          {},
          ...versions.map((version) =>
            element('definition', { name: supportOf(version), displayName: string(supportOf(version)) }),
          ),
        ),
      ),
      element(
        'categories',
        {},
        element('category', { name: ROOT_CATEGORY, displayName: string(ROOT_CATEGORY) }),
        ...categories.map((category) =>
          element(
            'category',
            { name: category, displayName: string(`category_${category}`) },
            element('parentCategory', { ref: ROOT_CATEGORY }),
          ),
        ),
      ),
      element('policies', {}, ...ids.map((id) => policy(id, registryPath(brand.id)))),
    ),
  );
}

function policy(id: SettingId, key: string): Xml {
  const setting: Setting = settingOf(id);
  const isFlag = setting.form.as === 'flag';
  const value = (dword: number): Xml => element('decimal', { value: dword });
  return element(
    'policy',
    {
      name: id,
      class: CLASS[setting.scope],
      displayName: string(id),
      explainText: string(`${id}_explain`),
      ...(isFlag ? {} : { presentation: `$(presentation.${id})` }),
      key,
      ...(isFlag ? { valueName: id } : {}),
    },
    element('parentCategory', { ref: setting.category }),
    element('supportedOn', { ref: supportOf(setting.since) }),
    ...(isFlag
      ? [element('enabledValue', {}, value(1)), element('disabledValue', {}, value(0))]
      : [element('elements', {}, valueElement(id, setting, key))]),
  );
}

function valueElement(id: SettingId, { form }: Setting, key: string): Xml {
  switch (form.as) {
    case 'choice':
      return element(
        'enum',
        { id, valueName: id, required: true },
        ...form.options.map((word) =>
          element(
            'item',
            { displayName: string(`${id}_${word}`) },
            element('value', {}, element('string', {}, word)),
          ),
        ),
      );
    case 'number':
      return element('decimal', {
        id,
        valueName: id,
        required: true,
        minValue: form.min,
        maxValue: form.max,
      });
    case 'text':
      return element('text', { id, valueName: id, required: true, maxLength: form.maxLength });
    case 'list':
      return element('list', { id, key: `${key}\\${id}`, valuePrefix: '' });
    case 'flag':
      throw new Error(`${id} has no element: the policy itself is the value`);
  }
}

/** The texts of a template in one language. */
export function adml(ids: readonly SettingId[], brand: TemplateBrand, language: Language): string {
  const shown = ids.filter((id) => settingOf(id).form.as !== 'flag');
  return xmlFile(
    element(
      'policyDefinitionResources',
      ROOT,
      element('displayName', {}, brand.productName),
      element('description', {}, FRAME[language].description(brand.productName)),
      element(
        'resources',
        {},
        element(
          'stringTable',
          {},
          ...strings(ids, brand, language).map(([id, text]) => element('string', { id }, text)),
        ),
        ...(shown.length === 0
          ? []
          : [element('presentationTable', {}, ...shown.map((id) => presentation(id, language)))]),
      ),
    ),
  );
}

function strings(ids: readonly SettingId[], brand: TemplateBrand, language: Language): [string, string][] {
  const texts = TEXTS[language];
  const settings = ids.map((id) => settingOf(id));
  return [
    [ROOT_CATEGORY, brand.productName],
    ...[...new Set(settings.map(({ since }) => since))].map((version): [string, string] => [
      supportOf(version),
      FRAME[language].supported(brand.productName, version),
    ]),
    ...CATEGORIES.filter((category) => settings.some((setting) => setting.category === category)).map(
      (category): [string, string] => [`category_${category}`, texts.categories[category]],
    ),
    ...ids.flatMap((id): [string, string][] => {
      const { name, explanation, options = {} } = texts.settings[id];
      const setting = settingOf(id);
      const usual = isSomething(usualWritten(setting))
        ? `\n\n${FRAME[language].without(usualInWords(setting, id, language))}`
        : '';
      return [
        [id, name],
        [`${id}_explain`, explanation + usual],
        ...Object.entries(options).map(([word, text]): [string, string] => [`${id}_${word}`, text]),
      ];
    }),
  ];
}

function presentation(id: SettingId, language: Language): Xml {
  const setting: Setting = settingOf(id);
  const { name } = TEXTS[language].settings[id];
  const usual = usualWritten(setting);
  return element('presentation', { id }, control(id, setting, name, usual));
}

function control(id: SettingId, { form }: Setting, name: string, usual: Written): Xml {
  switch (form.as) {
    case 'choice':
      return element(
        'dropdownList',
        { refId: id, noSort: true, defaultItem: form.options.indexOf(String(usual)) },
        name,
      );
    case 'number':
      return element('decimalTextBox', { refId: id, defaultValue: Number(usual) }, name);
    case 'text':
      return element(
        'textBox',
        { refId: id },
        element('label', {}, name),
        ...(typeof usual === 'string' ? [element('defaultValue', {}, usual)] : []),
      );
    case 'list':
      return element('listBox', { refId: id }, name);
    case 'flag':
      throw new Error(`${id} has no control: the policy itself is the value`);
  }
}

function string(id: string): string {
  return `$(string.${id})`;
}

function supportOf(version: string): string {
  return `supported_${version.replaceAll('.', '_')}`;
}

function isSomething(written: Written): boolean {
  return Array.isArray(written) ? written.length > 0 : written !== null;
}

/** Names in a template have letters, digits and `_`. */
function nameOf(id: string): string {
  return id.replaceAll('-', '_');
}
