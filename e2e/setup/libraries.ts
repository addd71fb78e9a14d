import { existsSync } from 'node:fs';
import { chooseElectron } from '../electron/choose.ts';
import { aptInstall, isCommand } from './apt.ts';
import { runCommand, type Watch } from './command.ts';

/** Debian's packages that hold what an Electron needs. */
const LIBRARIES = [
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
  'fonts-noto-color-emoji',
];

/**
 * What a desktop in memory is made of: its display, the bus on which its programs speak, a small window manager (1 MB), what
 * tells how that sees windows, and the bus of screen readers.
 */
const DISPLAY = ['xvfb', 'dbus-daemon', 'jwm', 'x11-utils', 'at-spi2-core'];
const DISPLAY_COMMANDS = ['Xvfb', 'dbus-daemon', 'jwm', 'xprop'];
/** What names the bus of screen readers to that of the session, where every system puts it. */
const AT_SPI = '/usr/share/dbus-1/services/org.a11y.Bus.service';

/** Those that hold what the program is tried with: a WebDAV server that is no Nextcloud, Nextcloud's own client, a proxy. */
const PEERS = ['apache2-bin', 'nextcloud-desktop-cmd', 'squid'];
/** Apache's part that serves WebDAV, where Debian puts it. */
const MOD_DAV = '/usr/lib/apache2/modules/mod_dav_fs.so';

/** What packs and looks into packages for Linux: dpkg-deb, tar and gzip are there on every Debian. */
const PACKERS = ['rpm', 'rpm2cpio', 'cpio', 'desktop-file-utils', 'appstream', 'gnupg'];

/** The system libraries that the chosen Electron misses, or undefined. */
export async function missingLibraries(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const { executablePath } = await chooseElectron();
  // In English, whatever the person's language: the answer is read here.
  const listed = await runCommand('ldd', [executablePath], { env: { ...process.env, LC_ALL: 'C' } });
  const missing = listed.split('\n').filter((line) => line.includes('not found'));
  return missing.map((line) => line.trim().split(' ')[0]).join(' ') || undefined;
}

/** What a desktop in memory misses, or undefined. */
export function missingDisplay(): Promise<string | undefined> {
  if (process.platform !== 'linux') return Promise.resolve(undefined);
  const missing = DISPLAY_COMMANDS.filter((name) => !isCommand(name));
  if (!existsSync(AT_SPI)) missing.push('at-spi2-core');
  return Promise.resolve(missing.join(', ') || undefined);
}

/** Which of the program's peers are missing, or undefined. */
export function missingPeers(): Promise<string | undefined> {
  const missing = [
    ...(existsSync(MOD_DAV) ? [] : ['Apache with mod_dav']),
    ...(isCommand('nextcloudcmd') ? [] : ['nextcloudcmd']),
    ...(isCommand('squid') ? [] : ['squid']),
  ];
  return Promise.resolve(missing.join(', ') || undefined);
}

/** Which of the packers are missing, or undefined. */
export function missingPackers(): Promise<string | undefined> {
  const commands = [
    'dpkg-deb',
    'rpmbuild',
    'rpm2cpio',
    'cpio',
    'desktop-file-validate',
    'appstreamcli',
    'gpg',
  ];
  return Promise.resolve(commands.filter((name) => !isCommand(name)).join(', ') || undefined);
}

/** Brings them with apt when this is root on a Debian; else says in one line what to install. */
export function installPackers(watch: Watch): Promise<void> {
  return bring(PACKERS, missingPackers, watch);
}

/** Brings them with apt when this is root on a Debian; else says in one line what to install. */
export function installLibraries(watch: Watch): Promise<void> {
  return bring(LIBRARIES, missingLibraries, watch);
}

/** Brings it with apt when this is root on a Debian; else says in one line what to install. */
export function installDisplay(watch: Watch): Promise<void> {
  return bring(DISPLAY, missingDisplay, watch);
}

/** Brings them with apt when this is root on a Debian; else says in one line what to install. */
export function installPeers(watch: Watch): Promise<void> {
  return bring(PEERS, missingPeers, watch);
}

async function bring(
  packages: readonly string[],
  find: () => Promise<string | undefined>,
  watch: Watch,
): Promise<void> {
  if (process.getuid?.() !== 0 || !isCommand('apt-get'))
    throw new Error(`Missing: ${await find()}. As root: apt-get install ${packages.join(' ')}`);
  await aptInstall(packages, watch);
  const still = await find();
  if (still) throw new Error(`Still missing: ${still}`);
}
