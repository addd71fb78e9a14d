import { readFileSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/** Where a folder is, told by its path alone: a drive that hangs would not answer. */
export interface Mount {
  /** Where the drive begins. */
  readonly point: string;
  /** Whether it is reached over the network, or through a program. */
  readonly isRemote: boolean;
}

/** Types of file systems that answer when another computer or program does, as Linux calls them. */
const remoteTypes =
  /^(?:nfs\d*|cifs|smb\d*|smbfs|ncpfs|afs|ceph|9p|virtiofs|vboxsf|davfs|autofs|glusterfs|lustre|gfs2|ocfs2|fuse(?:\..*)?)$/;

/** The drive that a folder is on. */
export function mountOf(folder: string, platform: NodeJS.Platform = process.platform): Mount {
  if (platform === 'win32') return windowsMount(folder);
  if (platform === 'darwin') return macMount(folder);
  return linuxMount(folder, mountTable());
}

/** A letter may stand for a share too: only the folder's real path tells. */
export function windowsMount(folder: string): Mount {
  const { root } = win32.parse(folder);
  return { point: root, isRemote: root.startsWith('\\\\') };
}

/** What else is mounted, disks and shares alike, is below `/Volumes`. */
export function macMount(folder: string): Mount {
  const [volume] = /^\/Volumes\/[^/]+/.exec(folder) ?? [];
  return { point: volume ?? '/', isRemote: volume !== undefined };
}

/** `mountinfo` of proc(5): the fifth field is the place, the one after the lonely dash the type. */
export function linuxMount(folder: string, table: string): Mount {
  let found: Mount = { point: '/', isRemote: false };
  for (const line of table.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const point = unescaped(before.split(' ')[4] ?? '');
    // Of two that are mounted at one place, the later one hides the other.
    if (point.length < found.point.length || !isIn(folder, point)) continue;
    found = { point, isRemote: remoteTypes.test(after.split(' ')[0] ?? '') };
  }
  return found;
}

function isIn(folder: string, point: string): boolean {
  return point !== '' && !posix.relative(point, folder).startsWith('..');
}

function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

function mountTable(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    // A system without it: every drive is taken for one of this computer, until it hangs.
    return '';
  }
}
