import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openableLink, openingOfLink, permittedLink } from './links.ts';

describe('links to the system', () => {
  it.each([
    'https://lyon.example/a?b=c#d',
    'http://intranet.example/',
    'mailto:a@b.example',
    'tel:+33400000000',
    'mailto:a@b.example?subject=Les%20plans&cc=c@d.example',
  ])('may open %s', (link) => {
    expect(openableLink(link)).toBe(link);
  });

  it.each(['attach', 'Attach', 'attachment', '%61ttach'])('attach no file to a mail: %s', (field) => {
    const link = `mailto:a@b.example?subject=x&${field}=/etc/passwd&body=y`;
    expect(openableLink(link)).toBe('mailto:a@b.example?subject=x&body=y');
  });

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'ms-msdt:/id',
    'smb://host/share',
    'traboule://app/',
    'https://user:pass@evil.example',
    '\\\\host\\share',
    'not an address',
    '',
  ])('may not open %s', (link) => {
    expect(openableLink(link)).toBeNull();
  });
});

describe('links of an organisation that permits some hosts', () => {
  const rule = {
    hosts: ['*.metropole.example', 'legifrance.example', 'intranet.example:8443'],
    own: ['https://aide.example/traboule'],
  };
  it.each([
    ['https://wiki.metropole.example/page', true],
    ['http://WIKI.metropole.example/', true],
    ['https://legifrance.example/loi', true],
    ['https://intranet.example:8443/', true],
    ['https://aide.example/traboule', true],
    ['mailto:a@b.example', true],
    ['tel:+33400000000', true],
    ['https://intranet.example/', false],
    ['https://aide.example/other', false],
    ['https://www.legifrance.example/', false],
    ['https://metropole.example.evil.example/', false],
    ['https://evil-metropole.example/', false],
  ])('%s: %s', (link, expected) => {
    expect(permittedLink(openableLink(link) ?? '', rule)).toBe(expected);
  });

  it('lead anywhere where it names none', () => {
    expect(permittedLink('https://anywhere.example/', { ...rule, hosts: [] })).toBe(true);
  });
});

describe('deep links', () => {
  it.each([
    ['traboule://salon/!abc:metropole.example', 'salon', '!abc:metropole.example'],
    ['traboule://salon/%21abc%3Ametropole.example/', 'salon', '!abc:metropole.example'],
    ['TRABOULE://Call/!a1B2', 'call', '!a1B2'],
  ])('name a conversation or its call: %s', (link, kind, salonId) => {
    expect(openingOfLink(link, 'traboule')).toEqual({ kind, salonId });
  });

  it.each([
    'traboule://salon/',
    'traboule://salon/abc',
    'traboule://settings/!a',
    'traboule://app/index.html',
    'traboule://evil.example/salon/!a',
    'traboule://salon@evil.example/!a',
    'traboule://salon:80/!a',
    'traboule://salon/!a/../../x',
    'traboule://salon/!a?join=1',
    'traboule://salon/!a#x',
    'ensemble://salon/!a',
    'https://salon/!a',
    'traboule://salon/%zz',
    'traboule://salon/!a b',
    'traboule://salon/!a%00b',
    'traboule://salon/!a\u0007b',
    'traboule://salon/!a%E2%80%AEb',
    'traboule:salon/!a',
    `traboule://salon/!${'a'.repeat(100_000)}`,
    `traboule://salon/!a${'%2561'.repeat(20_000)}`,
  ])('name nothing else: %.60s', (link) => {
    expect(openingOfLink(link, 'traboule')).toEqual({ kind: 'refused' });
  });

  it('open what is a room id and nothing more, whatever is written', () => {
    const pieces = constantFrom(
      '!',
      'a',
      ':',
      '/',
      '%2F',
      '%0A',
      '\n',
      '@',
      '?',
      '#',
      'call',
      'é',
      '%',
      '\u202e',
    );
    assert(
      property(array(pieces, { maxLength: 12 }), (written) => {
        const opening = openingOfLink(`traboule://salon/${written.join('')}`, 'traboule');
        if (opening.kind === 'refused') return;
        expect(opening).toEqual({ kind: 'salon', salonId: expect.stringMatching(/^![^\s\p{C}]+$/u) });
      }),
    );
  });
});
