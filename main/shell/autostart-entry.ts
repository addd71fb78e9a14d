import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf } from '../store/errno.ts';

/** What the session is to start. */
export interface AutostartEntry {
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly string[];
}

/**
 * The text of an autostart entry (Desktop Application Autostart Specification 0.5; values as in the Desktop Entry
 * Specification 1.5, "The Exec key"): each argument is quoted, as a path may hold blanks.
 */
export function entryText({ name, command }: AutostartEntry): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${escaped(name)}`,
    `Exec=${escaped(command.map(quoted).join(' '))}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Within quotes these need a backslash; a percent sign would be a field code. */
function quoted(argument: string): string {
  return `"${argument.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%')}"`;
}

/** What every value of the file has escaped, also what was quoted before. */
function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', String.raw`\n`);
}

/** Writes the entry, or (null) takes it away; touches nothing that is as it should be. Throws what the disk says. */
export async function keepEntry(file: string, entry: AutostartEntry | null): Promise<void> {
  if (entry === null) {
    await rm(file, { force: true });
    return;
  }
  const text = entryText(entry);
  if ((await readIfThere(file)) === text) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
