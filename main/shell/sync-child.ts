import { utilityProcess } from 'electron';
import type { ChildProcess } from '../files/supervisor.ts';
import { authorityArguments } from '../files/trust-authorities.ts';

/** The name that the system and Electron know the engine's process by. */
export const SYNC_SERVICE = 'traboule-sync';

/**
 * Threads that wait for disks. A drive that hangs holds up to four (`main/sync/drives/drive.ts`), which are all that there
 * are by default; idle ones cost next to nothing.
 */
const THREADS = '16';

/** Starts the sync engine's process; `authorities` are files with those that it is to trust beside the system's. */
export function spawnSyncProcess(entry: string, authorities: readonly string[]): ChildProcess {
  const child = utilityProcess.fork(entry, authorityArguments(authorities), {
    serviceName: SYNC_SERVICE,
    stdio: 'inherit',
    env: { ...process.env, UV_THREADPOOL_SIZE: THREADS },
  });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process's port has no origin
    send: (message) => child.postMessage(message),
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.once('exit', listener);
    },
    kill: () => {
      child.kill();
    },
  };
}
