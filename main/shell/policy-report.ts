import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import type { Brand } from '../brand/schema.ts';
import { faultOfCertificate, filesCertificate } from '../files/files-certificate.ts';
import { silentLog } from '../log/silent.ts';
import type { PolicyInForce } from '../policy/in-force.ts';
import { openPolicy } from '../policy/policy.ts';
import { LastGood } from '../policy/readings.ts';
import { type PolicyReport, policyReport } from '../policy/report.ts';
import { ChosenSettings } from '../policy/settings.ts';
import { keptFile, keptInMemory } from '../store/kept.ts';
import { reportText } from './policy-report-text.ts';
import { systemPolicySources } from './system-policy.ts';
import { createTexts, languageOf } from './texts.ts';

/** Whether the program was started to tell what is in force (`--policy-report`, with `--json` for programs). */
export function wantsPolicyReport(args: readonly string[]): boolean {
  return args.includes('--policy-report');
}

/** Prints what is in force here and now and ends; shows no window and changes nothing. */
export async function printPolicyReport(brand: Brand, args: readonly string[]): Promise<void> {
  const data = app.getPath('userData');
  const [lastGood, chosen] = await Promise.all([
    keptFile(join(data, 'policy-last-good.json'), LastGood, {}, silentLog),
    keptFile(join(data, 'settings.json'), ChosenSettings, {}, silentLog),
  ]);
  const { policy, close } = await openPolicy({
    sources: systemPolicySources(brand),
    brand,
    chosen,
    lastGood: keptInMemory(lastGood.value),
    log: silentLog,
  });
  await close();
  const report = await reportWithFiles(policy);
  const product = `${brand.productName} ${app.getVersion()}`;
  const language = () => languageOf(policy.values.language, Intl.DateTimeFormat().resolvedOptions().locale);
  const text = args.includes('--json')
    ? `${JSON.stringify({ product, ...report }, null, 2)}\n`
    : reportText(report, createTexts(language, { product }));
  await new Promise<void>((written) => process.stdout.write(text, () => written()));
  app.exit(0);
}

/** What is in force, and whether the certificate that it names could be shown now. */
async function reportWithFiles(policy: PolicyInForce): Promise<PolicyReport> {
  const report = policyReport(policy);
  const certificate = filesCertificate(policy.values, homedir());
  const faulty = certificate && (await faultOfCertificate(certificate, Date.now()));
  if (faulty === null) return report;
  const { fault: why, file: place } = faulty;
  return {
    ...report,
    complaints: [...report.complaints, { problem: 'file', key: 'filesCertificate', place, why }],
  };
}
