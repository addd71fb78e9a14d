import { arch, homedir, release } from 'node:os';
import { join } from 'node:path';
import { app, type BrowserWindow, powerMonitor, session, shell, systemPreferences } from 'electron';
import type { Finding } from '../../preload/contract/diagnostics.ts';
import type { Handlers } from '../../preload/contract/index.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { CheckRuns } from '../diagnostics/checks.ts';
import { collectReport } from '../diagnostics/collect.ts';
import { diagnosticsHandlers } from '../diagnostics/handlers.ts';
import { type MediaAccess, machineChecks } from '../diagnostics/machine-checks.ts';
import { Reports } from '../diagnostics/reports.ts';
import { serviceChecks } from '../diagnostics/service-checks.ts';
import { systemPanelAddress } from '../diagnostics/system-panels.ts';
import { faultOfCertificate, filesCertificate } from '../files/files-certificate.ts';
import type { Http } from '../http/http.ts';
import type { Desktop } from './desktop.ts';
import type { Foundation } from './foundation.ts';
import { SYNC_SERVICE } from './sync-child.ts';

/** What diagnostics are made from. */
export interface DiagnosticsDomainParts {
  readonly base: Foundation;
  readonly desktop: Pick<Desktop, 'dialogs'>;
  readonly http: Http;
  readonly accounts: Accounts;
  /** Where the person's folders are kept. */
  readonly place: () => string | null;
}

/** The requests of the diagnostics page. Electron must be ready. */
export function openDiagnostics(parts: DiagnosticsDomainParts): Handlers<'diagnostics'> {
  const { base, desktop, http, accounts, place } = parts;
  const { data, policy, crashes, events, log } = base;
  const versions = {
    program: app.getVersion(),
    electron: process.versions.electron ?? '',
    system: `${process.platform} ${release()} ${arch()}`,
  };
  const findings = new Map<string, Finding>();
  const mayExport = (): boolean => policy.values.mayExportDiagnostics;
  crashes.onNote(() => events.send('diagnostics', 'crashed', undefined));
  return diagnosticsHandlers({
    checks: new CheckRuns(
      {
        ...serviceChecks({ http, accounts, conferenceDomains: () => policy.values.conferenceDomains }),
        ...machineChecks({
          http,
          accounts,
          policy,
          resolveProxy: (url) => session.defaultSession.resolveProxy(url),
          mediaAccess,
          data,
          place,
          versions,
          now: Date.now,
          certificateFault: async () => {
            const certificate = filesCertificate(policy.values, homedir());
            return certificate && faultOfCertificate(certificate, Date.now());
          },
        }),
      },
      log,
    ),
    crashes,
    reports: new Reports({
      collect: () =>
        collectReport({
          logs: join(data, 'logs'),
          policy,
          crashes: () => crashes.all(),
          findings: () => Object.fromEntries(findings),
          versions,
        }),
      mayExport,
      save: desktop.dialogs.saveZip,
      now: () => new Date(),
    }),
    mayExport,
    found: (check, finding) => findings.set(check, finding),
    openSystem: async (panel) => {
      const address = systemPanelAddress(process.platform, panel);
      if (address !== null) await shell.openExternal(address);
      return address !== null;
    },
  });
}

function mediaAccess(device: 'microphone' | 'camera'): MediaAccess {
  if (process.platform === 'linux') return 'unknown';
  const status = systemPreferences.getMediaAccessStatus(device);
  if (status === 'granted') return 'granted';
  return status === 'denied' || status === 'restricted' ? 'denied' : 'unknown';
}

/** Notes every process of the program that stops by itself: pages, calls, the files' process, graphics. */
export function noteCrashes({ crashes, run }: Foundation, window: BrowserWindow): void {
  const appPage = window.webContents.id;
  let isEnding = false;
  app.on('before-quit', () => {
    isEnding = true;
  });
  app.on('render-process-gone', (_event, contents, { reason }) => {
    if (!isEnding && reason !== 'clean-exit') crashes.note(contents.id === appPage ? 'page' : 'call', reason);
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode, name, serviceName }) => {
    if (isEnding || reason === 'clean-exit') return;
    if (type === 'GPU') crashes.note('graphics', reason);
    else if (type === 'Utility' && isOurs(name, serviceName)) crashes.note('files', `${reason} ${exitCode}`);
  });
  // What ends with the person's session did not stop by itself.
  const ending = (): void => void run.lift();
  window.on('session-end', ending);
  powerMonitor.on('shutdown', ending);
}

/** Other utility processes are Chromium's: it starts them again by itself. */
function isOurs(...names: (string | undefined)[]): boolean {
  return names.some((name) => name?.includes(SYNC_SERVICE));
}
