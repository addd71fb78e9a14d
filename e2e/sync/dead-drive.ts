import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../setup/command.ts';

/** A drive that is mounted and answers nothing at all. */
export interface DeadDrive {
  /** Takes it away: whoever waits for it is answered, and the folder that it hid is there again. */
  unmount(): Promise<void>;
}

/**
 * Mounts a file system of which this process is the server (FUSE, `Documentation/filesystems/fuse` of the kernel) and
 * never reads a question: the system call of whoever looks at it blocks, as that to a server on the network that is gone.
 */
export async function mountDeadDrive(place: string): Promise<DeadDrive> {
  mkdirSync(place, { recursive: true });
  const device = openSync('/dev/fuse', 'r+');
  try {
    const options = 'fd=3,rootmode=40000,user_id=0,group_id=0';
    const mount = spawn('mount', ['-i', '-t', 'fuse', '-o', options, 'dead-drive', place], {
      stdio: ['ignore', 'ignore', 'ignore', device],
    });
    const [code] = await once(mount, 'exit');
    if (code !== 0) throw new Error(`mount ended with ${code}`);
  } catch (error) {
    closeSync(device);
    throw error;
  }
  return {
    async unmount() {
      await runCommand('umount', ['--lazy', place]);
      closeSync(device);
    },
  };
}

/** Whether this machine lets such a drive be mounted. */
export async function canMountDeadDrive(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const place = mkdtempSync(join(tmpdir(), 'traboule-dead-'));
  try {
    const drive = await mountDeadDrive(place);
    await drive.unmount();
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true });
  }
}
