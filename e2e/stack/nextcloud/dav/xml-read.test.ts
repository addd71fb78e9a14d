import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseXml, XmlProblem } from './xml-read.ts';
import { escapeXml } from './xml-write.ts';

describe('the XML reader', () => {
  it('resolves namespaces of prefixes and defaults', () => {
    const root = parseXml('<a xmlns="urn:one" xmlns:p="urn:two"><p:b/><c xmlns="urn:three"/></a>');
    expect(root).toMatchObject({ namespace: 'urn:one', local: 'a' });
    expect(root.children.map(({ namespace, local }) => `${namespace} ${local}`)).toEqual([
      'urn:two b',
      'urn:three c',
    ]);
  });

  it('gives back any text that was escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(parseXml(`<a>${escapeXml(text)}</a>`).text).toBe(text);
      }),
    );
  });

  it('reads CDATA, comments and character references', () => {
    expect(parseXml('<?xml version="1.0"?><!-- x --><a><![CDATA[<b>]]>&#233;&#x41;</a>').text).toBe('<b>éA');
  });

  it.each([
    '',
    'hello',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '<a b=c/>',
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
  ])('refuses %j', (text) => {
    expect(() => parseXml(text)).toThrow(XmlProblem);
  });
});
