import type { CheckId, Crash, Finding } from '../../../preload/contract/diagnostics.ts';
import type { FakeHandlers } from '../fake-main.ts';
import { ago } from './people.ts';

/** What the checks find, and what was noted. */
export interface DiagnosticsWorld {
  /** Null for a check that does not end. */
  findings: Record<CheckId, Finding | null>;
  crashes: Crash[];
  unseen: number;
  mayExport: boolean;
  files: { name: string; text: string }[];
}

const BUNDLE = '2f6c0a4e-6f2f-4a53-9f6e-0c5b6f3a8d22';
const CHAT = 'discussion.metropole.example';
const FILES = 'fichiers.metropole.example';

/** A PC on which all is well. */
export function usualDiagnostics(): DiagnosticsWorld {
  return {
    findings: {
      chat: { code: 'chat-fine', facts: { host: CHAT } },
      files: { code: 'files-fine', facts: { host: FILES, version: '31.0.4' } },
      calls: { code: 'calls-fine', facts: { host: 'meet.metropole.example' } },
      microphone: { code: 'microphone-fine', facts: {} },
      camera: { code: 'camera-fine', facts: {} },
      proxy: { code: 'proxy-none', facts: {} },
      clock: { code: 'clock-fine', facts: {} },
      disk: { code: 'disk-fine', facts: { bytes: 182_000_000_000 } },
      policy: { code: 'policy-fine', facts: { count: 12 } },
      versions: {
        code: 'versions-fine',
        facts: { program: '0.1.0', electron: '45.4.1', system: 'linux 6.8.0 x64' },
      },
    },
    crashes: [],
    unseen: 0,
    mayExport: true,
    files: [
      { name: 'versions.json', text: '{\n "program": "0.1.0",\n "electron": "45.4.1"\n}\n' },
      { name: 'checks.json', text: '{\n "chat": { "code": "chat-fine" }\n}\n' },
      { name: 'settings.json', text: '{\n "settings": {}\n}\n' },
      { name: 'crashes.json', text: '[]\n' },
      {
        name: 'logs/main.log',
        text: '2026-11-28 09:12:04.120 info call.opened\n2026-11-28 09:14:31.004 warn engine.refused code=offline\n2026-11-28 09:14:31.009 info contract.answered host=fichiers.metropole.example channel=files.estimate about=unreachable.files\n',
      },
    ],
  };
}

/** A PC on which much is wrong. */
export function troubledDiagnostics(): DiagnosticsWorld {
  const usual = usualDiagnostics();
  return {
    ...usual,
    findings: {
      ...usual.findings,
      chat: { code: 'chat-unreachable', facts: { host: CHAT } },
      files: { code: 'files-ended', facts: { host: FILES } },
      calls: { code: 'calls-certificate', facts: { host: 'meet.metropole.example' } },
      microphone: { code: 'microphone-none', facts: {} },
      camera: { code: 'camera-forbidden', facts: {} },
      proxy: { code: 'proxy-unreachable', facts: { host: 'proxy.metropole.example:3128' } },
      clock: { code: 'clock-wrong', facts: { minutes: 7 } },
      disk: { code: 'disk-low', facts: { bytes: 2_100_000_000 } },
      policy: { code: 'policy-wrong', facts: { count: 2, first: 'updateMode' } },
    },
    crashes: [
      { at: ago(1500), part: 'files', reason: 'crashed 11', version: '0.1.0' },
      { at: ago(4), part: 'program', reason: 'ended', version: '0.1.0' },
    ],
    unseen: 1,
  };
}

/** The requests of the page, answered from a world. */
export function diagnosticsHandlers(world: () => DiagnosticsWorld): FakeHandlers['diagnostics'] {
  return {
    check: ({ check }) => world().findings[check] ?? new Promise<Finding>(() => undefined),
    stop: () => undefined,
    openSystem: () => ({ opened: true }),
    state: () => {
      const { crashes, unseen, mayExport } = world();
      return { crashes, unseen, mayExport };
    },
    dismissCrashes: () => {
      world().unseen = 0;
    },
    noteChatCrash: () => undefined,
    prepare: () => ({
      bundleId: BUNDLE,
      files: world().files.map(({ name, text }) => ({ name, bytes: text.length, pages: 1 })),
    }),
    read: ({ name }) => ({ text: world().files.find((file) => file.name === name)?.text ?? '' }),
    save: () => ({ saved: true }),
  };
}
