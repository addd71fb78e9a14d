import diagnostics from '../../renderer/i18n/fr/diagnostics.json';
import { found, press, read } from './hands.ts';
import type { Scene } from './scenes.ts';
import { troubledDiagnostics } from './world/diagnostics.ts';

const open: NonNullable<Scene['after']> = async (_, { navigation }) => {
  navigation.goTo('diagnostics');
  await read(diagnostics.check.versions);
};

async function showEnd(): Promise<void> {
  const body = await found<HTMLElement>('.page-body');
  body.scrollTo({ top: body.scrollHeight });
}

/** The diagnostics page with its states. */
export const diagnosticsScenes: readonly Scene[] = [
  { name: 'diagnostics', after: open },
  {
    name: 'diagnostics-trouble',
    before: (stage) => {
      stage.world.diagnostics = { ...troubledDiagnostics(), unseen: 0 };
      stage.world.info = { ...stage.world.info, platform: 'windows' };
    },
    after: async (stage, workspace) => {
      await open(stage, workspace);
      await read(diagnostics.found['clock-wrong'].text);
      // All checks have ended; the devices of the page are the slowest to tell.
      await read(diagnostics.again);
    },
  },
  {
    name: 'diagnostics-crashes',
    before: (stage) => {
      stage.world.diagnostics = { ...troubledDiagnostics(), unseen: 0, mayExport: false };
    },
    after: async (stage, workspace) => {
      await open(stage, workspace);
      await read(diagnostics.report.forbidden);
      await showEnd();
    },
  },
  {
    name: 'diagnostics-running',
    before: (stage) => {
      const { findings } = stage.world.diagnostics;
      stage.world.diagnostics.findings = { ...findings, chat: null, files: null, proxy: null };
    },
    after: open,
  },
  {
    name: 'diagnostics-report',
    after: async (stage, workspace) => {
      await open(stage, workspace);
      await read(diagnostics.report.prepare);
      await press(diagnostics.report.prepare);
      await read('0.1.0');
      (await found<HTMLElement>('li:last-child > .report-file')).click();
      await read('call.opened');
    },
  },
  {
    name: 'crash-offered',
    before: (stage) => {
      stage.world.diagnostics = troubledDiagnostics();
    },
    after: () => read(diagnostics.crashes.show),
  },
];
