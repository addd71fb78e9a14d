import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parsePlist } from 'plist';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadBrand } from '../../main/brand/load.ts';
import { CATEGORIES } from '../../main/policy/schema/setting.ts';
import { settingOf } from '../../main/policy/schema/table.ts';
import { understand } from '../../main/policy/written.ts';
import { offeredSettings } from './offered.ts';
import { templates } from './templates.ts';
import { allOf, onlyOf, readXml, type Tag } from './testing/read-xml.ts';
import { FRAME, LANGUAGES, TEXTS } from './words.ts';

const brands = join(import.meta.dirname, '../../assets/brands');
const ids = offeredSettings();
/** MS-GPREG 7.2: names of definitions. */
const NAME = /^[\p{L}\p{N}_]+$/u;
const reference = (kind: string, text = '') =>
  new RegExp(String.raw`^\$\(${kind}\.([\p{L}\p{N}_.-]+)\)$`, 'u').exec(text)?.[1];

describe.each(readdirSync(brands))('the templates of %s', (brandId) => {
  const { brand } = loadBrand(join(brands, brandId));
  const files = templates(brand);
  const file = (name: string) => files.get(name) ?? '';
  const template = readXml(file(`${brandId}.admx`));
  const texts = LANGUAGES.map((language) => readXml(file(`${FRAME[language].culture}/${brandId}.adml`)));
  const policies = allOf(template, 'policy');

  it('are well-formed and in the order that the schema wants', () => {
    expect(template.name).toBe('policyDefinitions');
    expect(template.attributes).toMatchObject({ revision: '1.0', schemaVersion: '1.0' });
    expect(template.children.map(({ name }) => name)).toEqual([
      'policyNamespaces',
      'resources',
      'supportedOn',
      'categories',
      'policies',
    ]);
    for (const policy of policies) {
      const order = ['parentCategory', 'supportedOn', 'enabledValue', 'disabledValue', 'elements'];
      const places = policy.children.map(({ name }) => order.indexOf(name));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places).not.toContain(-1);
    }
    for (const root of texts) {
      expect(root.children.map(({ name }) => name)).toEqual(['displayName', 'description', 'resources']);
      expect(onlyOf(root, 'resources').children.map(({ name }) => name)).toEqual([
        'stringTable',
        'presentationTable',
      ]);
    }
  });

  it('name each thing once', () => {
    for (const kind of ['policy', 'category', 'definition']) {
      const names = allOf(template, kind).map(({ attributes }) => attributes['name'] ?? '');
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => !NAME.test(name))).toEqual([]);
    }
    for (const root of texts)
      for (const kind of ['string', 'presentation']) {
        const found = allOf(root, kind).map(({ attributes }) => attributes['id']);
        expect(new Set(found).size).toBe(found.length);
      }
    expect(onlyOf(template, 'target').attributes['prefix']).toMatch(NAME);
  });

  it('find every text in both languages, and leave none without use', () => {
    const used = [template, ...descendants(template)].flatMap(({ attributes }) =>
      Object.values(attributes).flatMap((value) => reference('string', value) ?? []),
    );
    for (const root of texts) {
      const strings = allOf(root, 'string');
      expect(new Set(strings.map(({ attributes }) => attributes['id']))).toEqual(new Set(used));
      expect(strings.filter(({ text }) => text.trim() === '')).toEqual([]);
    }
  });

  it('find every category and system that a policy refers to', () => {
    const names = (kind: string) =>
      new Set(allOf(template, kind).map(({ attributes }) => attributes['name']));
    const [categories, systems] = [names('category'), names('definition')];
    for (const { attributes } of allOf(template, 'parentCategory'))
      expect(categories).toContain(attributes['ref']);
    for (const policy of policies) {
      expect(systems).toContain(onlyOf(policy, 'supportedOn').attributes['ref']);
      expect(onlyOf(policy, 'parentCategory')).toBeDefined();
      expect(['Machine', 'User', 'Both']).toContain(policy.attributes['class']);
      expect(policy.attributes['key']).toBe(String.raw`Software\Policies\Traboule` + `\\${brandId}`);
    }
  });

  it('show each element with the control that fits it', () => {
    const fitting = { enum: 'dropdownList', decimal: 'decimalTextBox', text: 'textBox', list: 'listBox' };
    for (const root of texts)
      for (const policy of policies) {
        const id = reference('presentation', policy.attributes['presentation']);
        const elements = allOf(policy, 'elements').flatMap(({ children }) => children);
        const presentation = allOf(root, 'presentation').find(({ attributes }) => attributes['id'] === id);
        const wanted = elements.map(({ name, attributes }) => [Reflect.get(fitting, name), attributes['id']]);
        const shown = (presentation?.children ?? []).map(({ name, attributes }) => [
          name,
          attributes['refId'],
        ]);
        expect(shown).toEqual(wanted);
      }
  });

  it('write each value as the program reads it', () => {
    for (const policy of policies) {
      const [element] = allOf(policy, 'elements').flatMap(({ children }) => children);
      expect(valueRules(policy, element)).toEqual(valueRulesOf(policy.attributes['name'] ?? ''));
    }
  });

  it('have a profile for macOS that decides nothing by itself and names every setting', () => {
    const text = file(`${brandId}.mobileconfig`);
    const Payload = z.record(z.string(), z.unknown());
    const Profile = z.looseObject({
      PayloadType: z.literal('Configuration'),
      PayloadContent: z.tuple([Payload]),
    });
    const profile = Profile.parse(parsePlist(text));
    const [content] = profile.PayloadContent;
    expect(content['PayloadType']).toBe(brand.applicationId);
    expect(Object.keys(content).filter((key) => !key.startsWith('Payload'))).toEqual([]);
    expect(`${String(profile['PayloadUUID'])} ${String(content['PayloadUUID'])}`).toMatch(
      /^([0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12} ?){2}$/,
    );
    const uncommented = text.replaceAll(/<!-- (<key>.*?<\/key>.*?) -->/gs, '$1');
    const decided = Profile.parse(parsePlist(uncommented)).PayloadContent[0];
    const written = Object.entries(decided).filter(
      ([key, value]) => !key.startsWith('Payload') && value !== '',
    );
    expect(Object.keys(decided)).toEqual(expect.arrayContaining([...ids]));
    expect(understand(Object.fromEntries(written), 'machine').complaints).toEqual([]);
  });
});

describe('the table of settings', () => {
  it('has a name and an explanation for each in both languages, and a word for each choice', () => {
    for (const language of LANGUAGES)
      for (const id of ids) {
        const { form } = settingOf(id);
        const { name, explanation, options } = TEXTS[language].settings[id];
        expect(name.length).toBeGreaterThan(2);
        expect(explanation.length).toBeGreaterThan(10);
        expect(Object.keys(options ?? {})).toEqual(form.as === 'choice' ? [...form.options] : []);
      }
    expect(Object.keys(TEXTS.fr.settings)).toEqual(Object.keys(TEXTS.en.settings));
  });

  it('gives editors a schema that says what may be written', () => {
    const { brand } = loadBrand(join(brands, 'traboule'));
    const schema = z.looseObject({ properties: z.record(z.string(), z.looseObject({})) });
    const { properties } = schema.parse(JSON.parse(templates(brand).get('policy.schema.json') ?? ''));
    expect(Object.keys(properties)).toEqual(['$schema', ...ids]);
    expect(properties['closeToTray']).toMatchObject({ type: 'boolean', default: true });
    expect(properties['pauseOnBattery']).toMatchObject({ enum: ['never', 'low', 'always'], default: 'low' });
    expect(properties['uploadLimit']).toMatchObject({ type: 'string', default: 'none' });
    expect(properties['largestFile']).toMatchObject({ type: 'integer', minimum: 0 });
  });

  it('has only groups that there are', () => {
    expect(ids.filter((id) => !CATEGORIES.includes(settingOf(id).category))).toEqual([]);
  });
});

function descendants(tag: Tag): readonly Tag[] {
  return tag.children.flatMap((child) => [child, ...descendants(child)]);
}

/** What a policy of a template writes. */
function valueRules(policy: Tag, element: Tag | undefined): unknown {
  if (!element) {
    const dword = (kind: string) => onlyOf(onlyOf(policy, kind), 'decimal').attributes['value'];
    return ['flag', policy.attributes['valueName'], dword('enabledValue'), dword('disabledValue')];
  }
  const { id, valueName, key, minValue, maxValue, maxLength, valuePrefix } = element.attributes;
  const words = allOf(element, 'string').map(({ text }) => text);
  switch (element.name) {
    case 'enum':
      return ['choice', valueName, words];
    case 'decimal':
      return ['number', valueName, Number(minValue), Number(maxValue)];
    case 'text':
      return ['text', valueName, Number(maxLength)];
    default:
      return ['list', id, key?.split('\\').at(-1), valuePrefix];
  }
}

/** What the program wants to read. */
function valueRulesOf(name: string): unknown {
  const id = ids.find((each) => each === name);
  if (!id) return null;
  const { form } = settingOf(id);
  switch (form.as) {
    case 'flag':
      return ['flag', id, '1', '0'];
    case 'choice':
      return ['choice', id, form.options];
    case 'number':
      return ['number', id, form.min, Math.min(form.max, 0xffffffff)];
    case 'text':
      return ['text', id, form.maxLength];
    case 'list':
      return ['list', id, id, ''];
  }
}
