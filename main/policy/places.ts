import { posix, win32 } from 'node:path';
import { jsonFile } from './readers/json-file.ts';
import { nativeRegistry } from './readers/native-registry.ts';
import { plistFile } from './readers/plist-file.ts';
import { type ReadKey, registryKey } from './readers/registry.ts';
import type { PolicySource } from './readers/source.ts';

/** What tells where a machine's policy stands. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** `id` and `applicationId` of the brand. */
  readonly brand: { readonly id: string; readonly applicationId: string };
  /** Whose session this is, as the system writes it. */
  readonly userName: () => string;
  /** Of the environment on Windows. */
  readonly commonFiles: string | undefined;
}

/** The places that policy is read from; of two of one scope the first wins. */
export function policySources(
  machine: Machine,
  readKey: ReadKey = nativeRegistry(),
): readonly PolicySource[] {
  const { platform, brand, userName } = machine;
  const file = jsonFile(policyFile(machine), 'machine');
  if (platform === 'win32') {
    const path = registryPath(brand.id);
    return [registryKey('HKLM', path, readKey), file, registryKey('HKCU', path, readKey)];
  }
  if (platform === 'darwin')
    return [
      plistFile(managedPreferences(machine), 'machine'),
      file,
      plistFile(managedPreferences(machine, userName()), 'user'),
    ];
  return [file];
}

/** The key of the registry, below HKLM and HKCU, that group policies write to. */
export function registryPath(brandId: string): string {
  return String.raw`Software\Policies\Traboule` + `\\${brandId}`;
}

/**
 * Where a machine's policy file stands, per system; only administrators can write there. On Windows that rules out
 * `%ProgramData%`, where anybody may make the folder of a brand and so decide for everybody on that computer.
 */
function policyFile({ platform, brand, commonFiles }: Machine): string {
  if (platform === 'win32')
    return win32.join(commonFiles ?? String.raw`C:\Program Files\Common Files`, brand.id, 'policy.json');
  const folder = platform === 'darwin' ? '/Library/Application Support' : '/etc';
  return posix.join(folder, brand.id, 'policy.json');
}

/** Where macOS puts what a profile decides, for the machine or for somebody's account. */
function managedPreferences({ brand }: Machine, userName = ''): string {
  return posix.join('/Library/Managed Preferences', userName, `${brand.applicationId}.plist`);
}
