import { open, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Crash, Finding } from '../../preload/contract/diagnostics.ts';
import type { PolicyInForce } from '../policy/in-force.ts';
import { SETTING_IDS } from '../policy/schema/table.ts';
import { errnoOf } from '../store/errno.ts';
import type { RawFile } from './reports.ts';

/** What a report tells of. */
export interface CollectParts {
  /** The folder of the logs. */
  readonly logs: string;
  readonly policy: PolicyInForce;
  readonly crashes: () => readonly Crash[];
  /** What was found by the checks since the program began. */
  readonly findings: () => Readonly<Record<string, Finding>>;
  readonly versions: Readonly<Record<string, string>>;
}

/** Of each log only the end: what happened last is what is looked for. */
const MOST_BYTES = 1_000_000;

/** Everything that may go into a report, as it stands on this PC. */
export async function collectReport(parts: CollectParts): Promise<readonly RawFile[]> {
  const { policy, crashes, findings, versions } = parts;
  const settings = SETTING_IDS.map((id) => [
    id,
    { value: policy.values[id], from: policy.decision(id).origin },
  ]);
  const json = (name: string, value: unknown): RawFile => ({
    name,
    text: `${JSON.stringify(value, null, 1)}\n`.replaceAll(homedir(), '~'),
  });
  return [
    json('versions.json', versions),
    json('checks.json', findings()),
    json('settings.json', { settings: Object.fromEntries(settings), complaints: policy.complaints }),
    json('crashes.json', crashes().map(readable)),
    ...(await readLogs(parts.logs)),
  ];
}

function readable({ at, part, reason, version }: Crash): Readonly<Record<string, string>> {
  return { at: new Date(at).toISOString(), part, reason, version };
}

async function readLogs(folder: string): Promise<RawFile[]> {
  const names = await namesIn(folder);
  const logs = names.filter((name) => /^[\w.-]+\.log$/.test(name)).toSorted();
  return Promise.all(
    logs.map(async (name) => ({ name: `logs/${name}`, text: await endOf(join(folder, name)) })),
  );
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The last of a file's lines, from the beginning of one. */
async function endOf(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - MOST_BYTES);
    const buffer = Buffer.alloc(size - from);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await handle.close();
  }
}
