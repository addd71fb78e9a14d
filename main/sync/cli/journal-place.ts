import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where the journal of a pair is kept: in the user's folder for state, under a name of the pair's own. */
export function journalPlace(
  pair: {
    readonly url: string;
    readonly user: string;
    readonly localDir: string;
    readonly remotePath: string;
  },
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const key = createHash('sha256').update(
    JSON.stringify([pair.url, pair.user, pair.localDir, pair.remotePath]),
  );
  return join(stateFolder(environment, platform), 'traboule', 'sync', `${key.digest('hex').slice(0, 24)}.db`);
}

/** Where it is kept whose account one signs in to under a name: beside the journals. */
export function userPlace(
  account: { readonly url: string; readonly loginName: string },
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const key = createHash('sha256').update(JSON.stringify([account.url, account.loginName]));
  return join(
    stateFolder(environment, platform),
    'traboule',
    'sync',
    `${key.digest('hex').slice(0, 24)}.user`,
  );
}

/** Where the compiled program is kept: in the user's own folder, for who can write there says what runs. */
export function compiledPlace(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  return join(stateFolder(environment, platform), 'traboule', 'compiled');
}

function stateFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  if (platform === 'win32') return environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  const given = environment['XDG_STATE_HOME'];
  return given !== undefined && isAbsolute(given) ? given : join(homedir(), '.local', 'state');
}
