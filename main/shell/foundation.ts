import { uptime } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { LICENCE_URL } from '../../preload/contract/licence.ts';
import type { BrandPack } from '../brand/load.ts';
import type { Brand } from '../brand/schema.ts';
import { createEvents, type Events } from '../contract/events.ts';
import { CrashBook, CrashNotes, markRun, NO_CRASHES, type RunMark } from '../diagnostics/crash-book.ts';
import { NO_PARTS, PartList } from '../downloads/part-notes.ts';
import { createFileLog } from '../log/file-log.ts';
import type { Log } from '../log/log.ts';
import { NetworkDesk } from '../network/network-desk.ts';
import type { PolicyInForce } from '../policy/in-force.ts';
import { openPolicy } from '../policy/policy.ts';
import { LastGood } from '../policy/readings.ts';
import { ChosenSettings, createSettings, type SettingsInForce } from '../policy/settings.ts';
import { type Kept, keptFile } from '../store/kept.ts';
import { logStrays } from './fatal.ts';
import { guardAllPages, PageRules } from './guards.ts';
import { ToastSeal } from './notices/toast-seal.ts';
import { prepareSessions } from './sessions.ts';
import { systemPolicySources } from './system-policy.ts';
import { FIRST_STATE, WindowState } from './window-state.ts';
import { BridgedWindows } from './wire.ts';

/** What everything else stands on; none of it needs Electron to be ready. */
export interface Foundation {
  /** The program's data folder. */
  readonly data: string;
  readonly log: Log;
  /** What administrators, the brand and the person decided, as it is now. */
  readonly policy: PolicyInForce;
  readonly settings: SettingsInForce;
  readonly windowState: Kept<WindowState>;
  /** What was being downloaded when the program ended, and what is now. */
  readonly downloadNotes: Kept<PartList>;
  /** Tells our toasts from those of others (Windows). */
  readonly toastSeal: ToastSeal;
  readonly windows: BridgedWindows;
  readonly events: Events;
  /** What the person is asked and told about the way to the servers. */
  readonly network: NetworkDesk;
  /** What stopped by itself, now or in the run before. */
  readonly crashes: CrashBook;
  readonly run: RunMark;
  /** Stops what follows files and the registry, and takes away the mark of a program that runs. */
  readonly close: () => Promise<void>;
  readonly rules: PageRules;
}

/** Reads policy, settings and window state, and begins the log. */
export async function layFoundation({ brand }: BrandPack): Promise<Foundation> {
  const data = app.getPath('userData');
  const isDevelopment = !app.isPackaged;
  let inForce: PolicyInForce | null = null;
  const logLevel = () => inForce?.values.logLevel ?? 'info';
  const log = createFileLog(join(data, 'logs', 'main.log'), isDevelopment, logLevel);
  logStrays(log);
  const rules = new PageRules(() => ({
    hosts: inForce?.values.allowedLinkHosts ?? [],
    own: ownPages(brand),
  }));
  guardAllPages(rules, log);
  const [lastGood, chosen, windowState, downloadNotes, toastSeal, crashNotes, run] = await Promise.all([
    keptFile(join(data, 'policy-last-good.json'), LastGood, {}, log),
    keptFile(join(data, 'settings.json'), ChosenSettings, {}, log),
    keptFile(join(data, 'window.json'), WindowState, FIRST_STATE, log),
    keptFile(join(data, 'downloads.json'), PartList, NO_PARTS, log),
    ToastSeal.open(data, log),
    keptFile(join(data, 'crashes.json'), CrashNotes, NO_CRASHES, log),
    markRun(join(data, 'running.json'), Date.now(), Date.now() - uptime() * 1000, log),
  ]);
  const { policy, close } = await openPolicy({
    sources: systemPolicySources(brand),
    brand,
    chosen,
    lastGood,
    log,
  });
  inForce = policy;
  const crashes = new CrashBook(crashNotes, app.getVersion(), log);
  if (run.brokenOff !== null) crashes.note('program', 'ended');
  const settings = createSettings(policy, chosen);
  const windows = new BridgedWindows();
  const events = createEvents(windows.deliver, log, isDevelopment);
  settings.onChange((view) => events.send('settings', 'changed', view));
  const network = new NetworkDesk(
    () => policy.values.rememberProxyPassword,
    (view) => events.send('network', 'changed', view),
  );
  await prepareSessions({ policy, desk: network, log });
  const closeAll = async (): Promise<void> => {
    await Promise.all([close(), crashes.settled(), run.lift()]);
  };
  return {
    data,
    log,
    policy,
    settings,
    windowState,
    downloadNotes,
    toastSeal,
    windows,
    events,
    network,
    rules,
    crashes,
    run,
    close: closeAll,
  };
}

/** Pages that the brand itself points to: help, notices, services, and the licence. */
function ownPages({ links, services }: Brand): string[] {
  const pages = [...Object.values(links), ...services.map(({ url }) => url), LICENCE_URL];
  return pages.filter((page) => page !== null);
}
