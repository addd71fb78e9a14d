import type { Finding, SystemPanel } from '../../preload/contract/diagnostics.ts';
import type { Handlers } from '../../preload/contract/index.ts';
import type { CheckRuns } from './checks.ts';
import type { CrashBook } from './crash-book.ts';
import type { Reports } from './reports.ts';

/** What the requests are answered with. */
export interface DiagnosticsParts {
  readonly checks: CheckRuns;
  readonly crashes: CrashBook;
  readonly reports: Reports;
  readonly mayExport: () => boolean;
  /** Takes note of what was found, for a report. */
  readonly found: (check: string, finding: Finding) => void;
  /** Opens a page of the system's settings; false where there is none. */
  readonly openSystem: (panel: SystemPanel) => Promise<boolean>;
}

/** The requests of the diagnostics page. */
export function diagnosticsHandlers(parts: DiagnosticsParts): Handlers<'diagnostics'> {
  const { checks, crashes, reports } = parts;
  return {
    check: async ({ check, devices }) => {
      const finding = await checks.run(check, devices);
      parts.found(check, finding);
      return finding;
    },
    stop: ({ check }) => checks.stop(check),
    openSystem: async ({ panel }) => ({ opened: await parts.openSystem(panel) }),
    state: () => ({
      crashes: [...crashes.all()],
      unseen: crashes.unseen().length,
      mayExport: parts.mayExport(),
    }),
    dismissCrashes: () => crashes.dismiss(),
    noteChatCrash: () => crashes.note('chat', 'worker'),
    prepare: ({ withFileNames }) => reports.prepare(withFileNames),
    read: ({ bundleId, name, page }) => ({ text: reports.read(bundleId, name, page) }),
    save: async ({ bundleId }) => ({ saved: await reports.save(bundleId) }),
  };
}
