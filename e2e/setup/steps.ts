import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { brandOfBuild } from '../../build/brand/chosen.ts';
import { chooseElectron, electronIsHere } from '../electron/choose.ts';
import { fingerprint, fingerprintOfFolder, note } from './cache.ts';
import { runCommand } from './command.ts';
import {
  installDisplay,
  installLibraries,
  installPackers,
  installPeers,
  missingDisplay,
  missingLibraries,
  missingPackers,
  missingPeers,
} from './libraries.ts';
import { withLock } from './lock.ts';
import { buildSynapse, installPython, PYTHON, pythonProblem, synapseFolder } from './python.ts';
import type { Step } from './step.ts';

/** The project's folder. */
export const ROOT = join(import.meta.dirname, '../..');
const SOURCES = ['main', 'preload', 'renderer', 'assets', 'build/pages', 'build/brand'];
const CONFIGURATION = ['electron.vite.config.ts', 'package-lock.json', 'tsconfig.json'];
const FOR_EVER = Number.POSITIVE_INFINITY;
const NETWORK = 'Check that the package registries are reached, then run the same command again.';
const AS_ROOT = 'Install it as told above (as root, the set-up does it by itself with apt).';

const python: Step = {
  name: 'Python 3.10 or newer, with venv',
  isDone: async () => (await pythonProblem()) === undefined,
  run: installPython,
  remedy: `Install Python 3.10 or newer with its venv module (Debian: apt-get install python3 python3-venv), or name one in TRABOULE_PYTHON (now ${PYTHON}).`,
};

const synapse: Step = {
  name: 'Chat server Synapse 1.163.2 (40 MB)',
  isDone: async () => existsSync(await synapseFolder()),
  run: async (watch) => void (await buildSynapse(watch)),
  remedy: NETWORK,
};

const electron: Step = {
  name: 'Electron to run the program in (100 MB)',
  isDone: electronIsHere,
  run: async (watch) => void (await chooseElectron(watch)),
  remedy: `${NETWORK} Or put an Electron in a folder and name it in ELECTRON_OVERRIDE_DIST_PATH.`,
};

const libraries: Step = {
  name: 'System libraries for windows',
  isDone: async () => (await missingLibraries()) === undefined,
  run: installLibraries,
  remedy: AS_ROOT,
};

const display: Step = {
  name: 'A desktop in memory (Xvfb, dbus, a window manager)',
  isDone: async () => (await missingDisplay()) === undefined,
  run: installDisplay,
  remedy: AS_ROOT,
};

const peers: Step = {
  name: 'A WebDAV server, a client and a proxy to try the program with',
  isDone: async () => (await missingPeers()) === undefined,
  run: installPeers,
  remedy: AS_ROOT,
};

const packers: Step = {
  name: 'Tools that pack for Linux (dpkg, rpm)',
  isDone: async () => (await missingPackers()) === undefined,
  run: installPackers,
  remedy: AS_ROOT,
};

const isBuilt = async () => (await note.read(BUILT, FOR_EVER)) === (await sourcesFingerprint());

const build: Step = {
  name: 'The program, built',
  isDone: isBuilt,
  run: (watch) =>
    withLock(BUILT, async () => {
      // Another command may have built it while this one waited.
      if (await isBuilt()) return;
      await rm(BUILT, { force: true });
      const sources = await sourcesFingerprint();
      const tool = join(ROOT, 'node_modules/.bin/electron-vite');
      const env = { ...process.env, NO_COLOR: '1' };
      await runCommand(tool, ['build'], { cwd: ROOT, env, ...watch });
      await note.write(BUILT, sources);
    }),
  remedy: 'Mend what the build says above, then run the same command again.',
};
const BUILT = join(ROOT, 'out', '.built');

async function sourcesFingerprint(): Promise<string> {
  const folders = SOURCES.map((name) => join(ROOT, name)).filter((folder) => existsSync(folder));
  const files = await Promise.all(CONFIGURATION.map((name) => note.read(join(ROOT, name), FOR_EVER)));
  return fingerprint(
    ...(await Promise.all(folders.map(fingerprintOfFolder))),
    ...files.map((text) => text ?? ''),
    brandOfBuild(process.env),
  );
}

/** What a program in windows of its own needs. */
export const FOR_WINDOWS: readonly Step[] = [python, electron, libraries, build];
/** What shows the gallery's scenes on a display in memory. */
export const FOR_GALLERY: readonly Step[] = [electron, libraries, display];
/** What installers are made with. */
export const FOR_PACKAGES: readonly Step[] = [python, electron, packers, build];
/** What the servers need. */
export const FOR_SERVERS: readonly Step[] = [python, synapse];
/** What two agents on the person's display need. */
export const FOR_AGENTS: readonly Step[] = [python, synapse, electron, libraries, build];
/** The same on a display in memory. */
export const FOR_AGENTS_UNSEEN: readonly Step[] = [python, synapse, electron, libraries, display, build];
/** What all the tests need. */
export const FOR_TESTS: readonly Step[] = [
  python,
  synapse,
  electron,
  libraries,
  display,
  peers,
  packers,
  build,
];
