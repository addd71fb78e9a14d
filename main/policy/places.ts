import { join } from 'node:path';
import { jsonFile } from './json-file.ts';
import type { PolicySource } from './sources.ts';

/** What tells where a machine's policy stands. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly brandId: string;
  /** Of the environment on Windows. */
  readonly programData: string | undefined;
}

/** The places that policy is read from; of two of one scope the first wins. */
export function policySources(machine: Machine): readonly PolicySource[] {
  return [jsonFile(policyFile(machine), 'machine')];
}

/** Where a machine's policy file stands, per system; only administrators can write there. */
export function policyFile({ platform, brandId, programData }: Machine): string {
  if (platform === 'win32') return join(programData ?? String.raw`C:\ProgramData`, brandId, 'policy.json');
  if (platform === 'darwin') return join('/Library/Application Support', brandId, 'policy.json');
  return join('/etc', brandId, 'policy.json');
}
