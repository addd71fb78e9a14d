import type { Origin } from '../policy/levels.ts';
import type { PlacedComplaint } from '../policy/readings.ts';
import type { FileComplaint, PolicyReport, ReportedSetting } from '../policy/report.ts';
import type { TextKey, Texts } from './texts.ts';

const ORIGINS: Readonly<Record<Origin, TextKey>> = {
  machine: 'policy.machine',
  user: 'policy.user',
  brand: 'policy.brand',
  person: 'policy.person',
  'brand-default': 'policy.brandDefault',
  usual: 'policy.usual',
};
const FAULTS: Readonly<Record<FileComplaint['why'], TextKey>> = {
  missing: 'policy.fileMissing',
  unreadable: 'policy.fileUnreadable',
  wrongPassphrase: 'policy.filePassphrase',
  unusable: 'policy.fileUnusable',
  noKey: 'policy.fileNoKey',
  ended: 'policy.fileEnded',
  notBegun: 'policy.fileNotBegun',
};
const PROBLEMS = {
  unknown: 'policy.unknown',
  'wrong-value': 'policy.wrongValue',
  'wrong-scope': 'policy.wrongScope',
} as const satisfies Record<string, TextKey>;

/** The report as lines for a terminal, in columns. */
export function reportText({ settings, complaints }: PolicyReport, texts: Texts): string {
  const rows = settings.map((setting) => [
    setting.key,
    valueText(setting.value, texts),
    whose(setting, texts),
  ]);
  const head = [texts('policy.key'), texts('policy.value'), texts('policy.decidedBy')];
  const widths = [0, 1].map((column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)),
  );
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const wrong = complaints.map((complaint) => `  ${complaintText(complaint, texts)}`);
  const toMend = wrong.length === 0 ? [] : ['', texts('policy.toMend'), ...wrong];
  return `${[texts('policy.title'), '', ...lines, ...toMend].join('\n')}\n`;
}

function whose({ origin, place }: ReportedSetting, texts: Texts): string {
  return place === null ? texts(ORIGINS[origin]) : `${texts(ORIGINS[origin])} (${place})`;
}

function valueText(value: unknown, texts: Texts): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return texts('policy.nothing');
  if (typeof value === 'boolean') return texts(value ? 'policy.yes' : 'policy.no');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function complaintText(complaint: PlacedComplaint | FileComplaint, texts: Texts): string {
  const { place } = complaint;
  if (complaint.problem === 'file')
    return texts('policy.file', { place, key: complaint.key, why: texts(FAULTS[complaint.why]) });
  if (complaint.problem === 'unreadable')
    return texts(complaint.kept ? 'policy.unreadableKept' : 'policy.unreadable', { place });
  const { key, expected = '' } = complaint;
  return texts(PROBLEMS[complaint.problem], { place, key, expected });
}
