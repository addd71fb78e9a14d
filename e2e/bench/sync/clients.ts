import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { compiledPlace } from '../../../main/sync/cli/journal-place.ts';
import { nodeFlags } from '../../../main/sync/cli/node-flags.ts';
import { isCommand } from '../../setup/apt.ts';
import type { Account } from './account.ts';
import type { Taken } from './table.ts';

const program = join(import.meta.dirname, '../../../main/sync/cli/main.ts');
const variable = 'BENCH_SYNC_PASSWORD';

export type Side = 'ours' | 'peer';

/** A folder of this computer, and the one of the account that it is synced with. */
export interface Place {
  readonly local: string;
  /** Below the account's root, without a leading slash. */
  readonly remote: string;
}

/** Who is measured: the peer only where it is installed. */
export function sides(): readonly Side[] {
  return isCommand('nextcloudcmd') ? ['ours', 'peer'] : ['ours'];
}

/** One run of a client's own program, from its start to its end. */
export async function runClient(side: Side, account: Account, place: Place): Promise<Taken> {
  account.takeRequests();
  const before = performance.now();
  const peakMb = await runToEnd(commandOf(side, account, place), account, `${place.local}-${side}-home`);
  const seconds = (performance.now() - before) / 1000;
  const requests = account.takeRequests();
  return { seconds, peakMb, ...(requests === undefined ? {} : { requests }) };
}

function commandOf(side: Side, account: Account, { local, remote }: Place): readonly [string, ...string[]] {
  const { url, user, password, root } = account;
  const path = `${root}/${remote}`;
  if (side === 'peer') {
    const options = ['--non-interactive', '--silent', '--path', path];
    return ['nextcloudcmd', ...options, '-u', user, '-p', password, local, url];
  }
  const what = ['--url', url, '--user', user, '--password-env', variable, '--remote', path];
  const where = ['--local', local, '--journal', `${local}.db`, '--json'];
  return [process.execPath, ...nodeFlags, program, ...what, ...where];
}

/** Runs a command to its end; gives the most memory that it had, in MB. */
async function runToEnd(
  [command, ...args]: readonly [string, ...string[]],
  { password }: Account,
  home: string,
): Promise<number> {
  mkdirSync(home, { recursive: true });
  // What our program compiled is there from earlier runs, as it is for a person.
  const state = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state');
  const folders = { XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: home, XDG_STATE_HOME: state };
  const compiled = { NODE_COMPILE_CACHE: compiledPlace(process.env) };
  const env = { ...process.env, HOME: home, ...folders, ...compiled, [variable]: password };
  const child = spawn(command, args, { stdio: 'ignore', env });
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
  }, 20);
  const [code] = await once(child, 'exit');
  clearInterval(timer);
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}`);
  return peak;
}

/** `VmHWM` of a process on Linux, in MB; 0 when it is not known. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    // It has just ended.
    return 0;
  }
}
