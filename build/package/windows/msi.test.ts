import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { describe, expect, it } from 'vitest';
import { registryPath } from '../../../main/policy/places.ts';
import { lyon } from '../fixtures/products.ts';
import { MSI_PROPERTIES, withProperties } from './msi.ts';

// electron-builder's own template, with its conditions and values left out: what the additions must fit into.
const builder = dirname(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const TEMPLATE = join(builder, '../app-builder-lib/templates/msi/template.xml');
const project = readFileSync(TEMPLATE, 'utf8')
  .replaceAll(/\{\{[^]*?\}\}/g, '')
  .replaceAll(/\$\{(\w+)\}/g, '$1');

/** All elements of a document; throws when it is not well-formed. */
function elementsOf(document: string): SaxesTagPlain[] {
  const parser = new SaxesParser();
  const found: SaxesTagPlain[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => found.push(tag));
  parser.write(document).close();
  return found;
}

describe('the MSI', () => {
  const made = withProperties(project, lyon);
  const elements = elementsOf(made);
  const named = (name: string) => elements.filter((element) => element.name === name);

  it('takes each property that administrators are told of, also with rights raised', () => {
    const declared = named('Property').filter(({ attributes }) =>
      MSI_PROPERTIES.includes(String(attributes['Id'])),
    );
    expect(declared.map(({ attributes }) => attributes['Secure'])).toEqual(MSI_PROPERTIES.map(() => 'yes'));
    expect(MSI_PROPERTIES).toEqual(
      expect.arrayContaining([
        'CHATSERVER',
        'FILESSERVER',
        'POLICYFILE',
        'AUTOSTART',
        'DESKTOPSHORTCUT',
        'UPDATES',
      ]),
    );
  });

  it('writes servers and updates where the policy is read, and keeps them when it is removed', () => {
    const values = named('RegistryValue').filter(
      ({ attributes }) => attributes['Key'] === registryPath(lyon.id),
    );
    expect(values.map(({ attributes }) => attributes['Name'])).toEqual([
      'chatServer',
      'filesServer',
      'conferenceDomains',
      'updateMode',
      'autostart',
    ]);
    const kept = named('Component').filter(({ attributes }) => String(attributes['Id']).startsWith('policy'));
    expect(kept.map(({ attributes }) => attributes['Permanent'])).toEqual(kept.map(() => 'yes'));
  });

  it('copies a policy file to where the program reads it, which only administrators write', () => {
    expect(made).toContain(
      '<Directory Id="CommonFiles64Folder"><Directory Id="POLICYFOLDER" Name="lyon-ensemble"/></Directory>',
    );
    const [copied] = named('CopyFile');
    expect(copied?.attributes).toMatchObject({
      DestinationDirectory: 'POLICYFOLDER',
      DestinationName: 'policy.json',
    });
  });

  it('has a part of its own for each thing, the same in every version', () => {
    const guids = named('Component').flatMap(({ attributes }) => attributes['Guid'] ?? []);
    expect(new Set(guids).size).toBe(guids.length);
    expect(guids.every((guid) => /^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/.test(guid))).toBe(true);
    const later = withProperties(project, { ...lyon, version: '2.0.0' });
    expect(later).toBe(made);
    expect(withProperties(project, { ...lyon, applicationId: 'fr.other' })).not.toContain(guids[0]);
  });

  it('starts the program hidden, with each session, only when asked', () => {
    expect(made).toMatch(/<Condition>AUTOSTART = "1"<\/Condition>\s*<RegistryValue[^>]*CurrentVersion\\Run/);
  });

  it('is not made from a project that it was not written for', () => {
    expect(() => withProperties('<Wix/>', lyon)).toThrow(/not once/);
  });
});
