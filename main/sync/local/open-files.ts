import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { LocalPath } from '../model/paths.ts';
import { errnoOf } from './local-failures.ts';

/** Processes, and files, looked at before others get a turn. */
const breath = { processes: 16, files: 512 } as const;

/**
 * Those of the files that a program of this person has open for writing. Linux tells (proc(5): `fd` and `fdinfo`), of
 * the person's own processes. Elsewhere nothing is told: Windows does not let an open file be replaced in the first
 * place.
 */
export async function openForWriting(paths: readonly LocalPath[]): Promise<ReadonlySet<LocalPath>> {
  if (process.platform !== 'linux' || paths.length === 0) return new Set();
  const byFile = new Map<string, LocalPath>();
  for (const [index, path] of paths.entries()) {
    if (index % breath.files === breath.files - 1) await new Promise(setImmediate);
    const stats = unlessGone(() => lstatSync(path, { bigint: true }), undefined);
    if (stats !== undefined) byFile.set(identity(stats), path);
  }
  const open = new Set<LocalPath>();
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  for (const [index, pid] of processes.entries()) {
    if (index % breath.processes === breath.processes - 1) await new Promise(setImmediate);
    for (const descriptor of namesIn(`/proc/${pid}/fd`)) {
      const link = `/proc/${pid}/fd/${descriptor}`;
      // The file itself is asked last, and aside: its drive may be one that answers late, or never.
      if (!leadsToFile(link) || !mayWrite(`/proc/${pid}/fdinfo/${descriptor}`)) continue;
      const path = byFile.get(await fileBehind(link));
      if (path !== undefined) open.add(path);
    }
  }
  return open;
}

function identity({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`;
}

function namesIn(folder: string): readonly string[] {
  return unlessGone(() => readdirSync(folder), []);
}

/** Sockets, pipes and devices are no files of ours, and some of them are slow to answer; `/dev/shm` is a disk in memory. */
function leadsToFile(link: string): boolean {
  const target = unlessGone(() => readlinkSync(link), '');
  return target.startsWith('/') && !/^\/(?:dev(?!\/shm\/)|proc|sys)\//.test(target);
}

async function fileBehind(link: string): Promise<string> {
  try {
    return identity(await stat(link, { bigint: true }));
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return '';
  }
}

/** The access mode is in the last two bits of the flags, which stand in octal. */
function mayWrite(info: string): boolean {
  const flags = unlessGone(() => /^flags:\s+([0-7]+)$/m.exec(readFileSync(info, 'latin1'))?.[1], undefined);
  return flags !== undefined && (Number.parseInt(flags, 8) & 3) !== 0;
}

/** Files, processes and what these have open may be gone at any time, and those of others don't show theirs. */
function unlessGone<Found>(look: () => Found, otherwise: Found): Found {
  try {
    return look();
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return otherwise;
  }
}
