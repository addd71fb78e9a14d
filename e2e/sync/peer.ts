import { mkdirSync } from 'node:fs';
import { CommandFailed, runCommand } from '../setup/command.ts';
import type { Rig, Tree } from './rig.ts';

/**
 * One run of Nextcloud's own client, which the set-up of the tests brought, for ana. Gives whether it did all it
 * wanted: what changes under its hands it leaves for the next run.
 */
export async function syncByPeer(folder: string, rig: Rig): Promise<boolean> {
  const home = `${folder}-home`;
  mkdirSync(home, { recursive: true });
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home };
  const account = ['-u', 'ana', '-p', rig.password('ana')];
  try {
    await runCommand('nextcloudcmd', ['--non-interactive', '--silent', ...account, folder, rig.server.url], {
      env,
    });
    return true;
  } catch (error) {
    if (error instanceof CommandFailed) return false;
    throw error;
  }
}

/** What a person sees, without the client's own files. */
export function withoutPeerFiles(tree: Tree): Tree {
  const isOwn = (path: string): boolean => /^\.(?:_?sync_|nextcloudsync)/.test(path);
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !isOwn(path)));
}
