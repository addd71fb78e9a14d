import { z } from 'zod';

/** What can be made. `dir` is the program as a folder, for this machine's system or Linux. */
const Target = z.enum([
  'dir',
  'tar.gz',
  'deb',
  'rpm',
  'AppImage',
  'nsis',
  'nsis-machine',
  'msi',
  'zip',
  'dmg',
  'mac-zip',
]);
export type Target = z.infer<typeof Target>;

/** Systems that targets are for. */
export type System = 'linux' | 'windows' | 'macos';

interface About {
  readonly system: System;
  /** Whether a Linux machine makes it without tools that electron-builder would download. */
  readonly madeHere: boolean;
  /** Whether who installed it brings its new versions, so that the program looks for none. */
  readonly isManaged: boolean;
}

/** What is known of each target. */
export const TARGETS: Readonly<Record<Target, About>> = {
  dir: { system: 'linux', madeHere: true, isManaged: false },
  'tar.gz': { system: 'linux', madeHere: true, isManaged: false },
  deb: { system: 'linux', madeHere: true, isManaged: true },
  rpm: { system: 'linux', madeHere: true, isManaged: true },
  AppImage: { system: 'linux', madeHere: false, isManaged: false },
  nsis: { system: 'windows', madeHere: false, isManaged: false },
  'nsis-machine': { system: 'windows', madeHere: false, isManaged: true },
  msi: { system: 'windows', madeHere: false, isManaged: true },
  zip: { system: 'windows', madeHere: false, isManaged: false },
  dmg: { system: 'macos', madeHere: false, isManaged: false },
  'mac-zip': { system: 'macos', madeHere: false, isManaged: false },
};

/** Reads a list such as `dir,deb`; nothing: all that is made without downloads. Throws RangeError naming what is not known. */
export function readTargets(list: string | undefined): readonly Target[] {
  if (list === undefined) return Target.options.filter((target) => TARGETS[target].madeHere);
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !Target.safeParse(name).success);
  if (unknown.length > 0)
    throw new RangeError(
      `There is no target ${unknown.join(', ')}. There are: ${Target.options.join(', ')}.`,
    );
  return [...new Set(names.map((name) => Target.parse(name)))];
}
