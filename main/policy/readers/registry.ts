import { isDeepStrictEqual } from 'node:util';
import { SETTING_IDS, settingOf } from '../schema/table.ts';
import type { PolicySource, Reading } from './source.ts';

/** A value of the registry: a string, a dword, several strings; null for any other type. */
export type RegistryValue = string | number | readonly string[] | null;
/** What one key holds: its values and, of each key right below, the strings in the order of their names. */
export interface RegistryKey {
  readonly values: Readonly<Record<string, RegistryValue>>;
  readonly lists: Readonly<Record<string, readonly string[]>>;
}
export type Hive = 'HKLM' | 'HKCU';
/** Reads a key, null where there is none. Throws when it may not be read. */
export type ReadKey = (hive: Hive, path: string) => Promise<RegistryKey | null>;

/** Milliseconds between two looks at a key: a few calls within the process. */
const LOOK_EVERY_MS = 5000;
/** Names in the registry have no case. */
const IDS = new Map(SETTING_IDS.map((id) => [id.toLowerCase(), id]));

/** Values below a key of the registry, as group policies write them. */
export function registryKey(
  hive: Hive,
  path: string,
  readKey: ReadKey,
  everyMs = LOOK_EVERY_MS,
): PolicySource {
  let last: Reading | null = null;
  const read = async (): Promise<Reading> => {
    last = await reading(hive, path, readKey);
    return last;
  };
  const look = async (changed: () => void): Promise<void> => {
    const before = last;
    if (!isDeepStrictEqual(before, await read())) changed();
  };
  return {
    scope: hive === 'HKLM' ? 'machine' : 'user',
    place: `${hive}\\${path}`,
    read,
    watch: (changed) => {
      const timer = setInterval(() => void look(changed), everyMs).unref();
      return () => clearInterval(timer);
    },
  };
}

async function reading(hive: Hive, path: string, readKey: ReadKey): Promise<Reading> {
  try {
    const key = await readKey(hive, path);
    return key ? { status: 'read', written: writtenIn(key) } : { status: 'absent' };
  } catch {
    return { status: 'unreadable', why: 'refused' };
  }
}

/** A key in the words that a policy file would have. */
function writtenIn({ values, lists }: RegistryKey): Record<string, unknown> {
  const named = [...Object.entries(values), ...Object.entries(lists)];
  return Object.fromEntries(
    named.map(([name, value]) => {
      const id = IDS.get(name.toLowerCase());
      return id ? [id, settingOf(id).form.as === 'flag' ? yesOrNo(value) : value] : [name, value];
    }),
  );
}

function yesOrNo(value: RegistryValue): unknown {
  return value === 0 || value === 1 ? value === 1 : value;
}
