import { chooseElectron } from '../electron/choose.ts';
import { aptInstall, isCommand } from './apt.ts';
import { type Progress, runCommand } from './command.ts';

/** Debian's packages that hold what an Electron needs, and a display in memory. */
const PACKAGES = [
  'xvfb',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
  'libdrm2',
  'libnotify4',
  'libsecret-1-0',
  'libxtst6',
  'fonts-dejavu-core',
];

/** What is missing to show a window, in words, or undefined. */
export async function missingLibraries(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const { executablePath } = await chooseElectron();
  const listed = await runCommand('ldd', [executablePath]);
  const missing = listed.split('\n').filter((line) => line.includes('not found'));
  if (missing.length > 0) return missing.map((line) => line.trim().split(' ')[0]).join(' ');
  const display = Boolean(process.env['DISPLAY']) || isCommand('Xvfb');
  return display ? undefined : 'a display (DISPLAY, or Xvfb)';
}

/** Installs them with apt when this is root on a Debian; else says in one line what to install. */
export async function installLibraries(progress: Progress): Promise<void> {
  const missing = await missingLibraries();
  if (process.getuid?.() !== 0 || !isCommand('apt-get')) {
    const command = `apt-get install ${PACKAGES.join(' ')}`;
    throw new Error(`Missing: ${missing}. As root: ${command}`);
  }
  await aptInstall(PACKAGES, progress);
  const still = await missingLibraries();
  if (still) throw new Error(`Still missing: ${still}`);
}
