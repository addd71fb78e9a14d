import { expect, it } from 'vitest';
import type { PolicyReport } from '../policy/report.ts';
import { reportText } from './policy-report-text.ts';
import { createTexts } from './texts.ts';

const place = '/etc/traboule/policy.json';
const report: PolicyReport = {
  settings: [
    { key: 'chatServer', value: 'https://chat.example', origin: 'machine', place },
    { key: 'closeToTray', value: false, origin: 'person', place: null },
    { key: 'ignoredNames', value: [], origin: 'usual', place: null },
  ],
  complaints: [
    { key: 'startMuted', problem: 'wrong-value', expected: 'expected boolean', place },
    { problem: 'unreadable', why: 'not-json', kept: true, place: '/etc/other.json' },
    { problem: 'file', key: 'filesCertificate', why: 'ended', place: '/home/n/me.p12' },
  ],
};

it('is a table that people read, with what is to be mended below', () => {
  expect(
    reportText(
      report,
      createTexts(() => 'fr', { product: 'Traboule 0.1.0' }),
    ),
  ).toBe(
    [
      'Traboule 0.1.0, réglages en vigueur',
      '',
      'CLÉ           VALEUR                DÉCIDÉ PAR',
      'chatServer    https://chat.example  votre organisation, pour ce PC (/etc/traboule/policy.json)',
      'closeToTray   non                   vous',
      'ignoredNames  rien                  personne',
      '',
      'À corriger\u202f:',
      '  /etc/traboule/policy.json\u202f: la valeur de startMuted ne convient pas (expected boolean)',
      '  /etc/other.json\u202f: illisible, la dernière version lisible reste appliquée',
      '  /home/n/me.p12\u202f: filesCertificate n’y trouve pas de certificat utilisable (périmé)',
      '',
    ].join('\n'),
  );
});
