import type { ProblemCode } from '../api.ts';

/** What the disk of this computer takes as a name. */
export interface LocalNameRules {
  readonly windows: boolean;
}

const windowsReserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?$/i;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const windowsForbidden = /[<>:"/\\|?*\u0000-\u001f]/;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const serverForbidden = /[\\/\u0000-\u001f]/;

/** Why this computer can't have a file of that name, if it can't. */
export function localNameProblem(name: string, rules: LocalNameRules): ProblemCode | undefined {
  if (byteLength(name) > 255) return 'nameTooLong';
  if (name.includes('/') || name.includes('\0') || name === '.' || name === '..') return 'nameNotHeldHere';
  if (!rules.windows) return undefined;
  const isRefused = windowsForbidden.test(name) || windowsReserved.test(name) || /[. ]$/.test(name);
  return isRefused ? 'nameNotHeldHere' : undefined;
}

/** Why no server takes a file of that name, if none does. Recorded on Nextcloud: 03, section 2 and 3. */
export function remoteNameProblem(name: string): ProblemCode | undefined {
  if (!isUnicode(name)) return 'notUnicode';
  if (byteLength(name) > 250) return 'nameTooLong';
  return serverForbidden.test(name) ? 'nameRefusedByServer' : undefined;
}

/** Whether a name survives the way to UTF-8 and back. */
function isUnicode(name: string): boolean {
  return !name.includes('\uFFFD') && name.isWellFormed();
}

function byteLength(name: string): number {
  return Buffer.byteLength(name);
}
