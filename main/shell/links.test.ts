import { describe, expect, it } from 'vitest';
import { linkAmong, openableLink, salonOfLink } from './links.ts';

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

describe('deep links', () => {
  it('name a salon', () => {
    expect(salonOfLink('traboule://salon/!abc:metropole.example', 'traboule')).toBe('!abc:metropole.example');
    expect(salonOfLink('traboule://salon/%21abc%3Ametropole.example/', 'traboule')).toBe(
      '!abc:metropole.example',
    );
    expect(salonOfLink('ENSEMBLE://salon/!a1B2', 'ensemble')).toBe('!a1B2');
  });

  it.each([
    'traboule://salon/',
    'traboule://salon/abc',
    'traboule://settings/!a',
    'traboule://app/index.html',
    'https://salon/!a',
    'traboule://salon/%zz',
    'traboule://salon/!a b',
  ])('name nothing else: %s', (link) => {
    expect(salonOfLink(link, 'traboule')).toBeNull();
  });

  it('are found among the switches of a second instance', () => {
    expect(linkAmong(['/opt/traboule', '--allow-x', '--', 'traboule://salon/!a'], 'traboule')).toBe(
      'traboule://salon/!a',
    );
    expect(linkAmong(['/opt/traboule'], 'traboule')).toBeNull();
  });
});
