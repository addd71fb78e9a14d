import { realpath } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { AppError } from '../contract/app-error.ts';
import { errnoOf } from '../store/errno.ts';

/**
 * The real path of something inside a folder; a link may not lead out of it. Throws `forbidden.path` when it would, and
 * `not-found.file` when nothing is there. `path` is relative with `/`, as the contract has checked it.
 */
export async function realPathInside(folder: string, path: string): Promise<string> {
  const [root, target] = await Promise.all([realOrThrow(folder), realOrThrow(join(folder, path))]);
  if (!isInside(root, target)) throw new AppError('forbidden.path');
  return target;
}

/** Whether a path is the folder or below it. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !/^([a-z]:|\\\\)/i.test(way));
}

async function realOrThrow(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errnoOf(error) ?? ''))
      throw new AppError('not-found.file', {}, error);
    throw error;
  }
}

/** What a system runs instead of showing; a colleague's file must not run because somebody wanted to look at it. */
const RUNS = new Set(
  (
    'action app appimage application appref-ms bash bat bin cer chm cmd com command cpl crt csh deb desktop diagcab dll ' +
    'dmg exe fish gadget hta img inf ins iso isp jar jnlp js jse ksh library-ms lnk mde msc msh msi msix msixbundle msp ' +
    'mst osx out php pif pkg pl plugin ps1 ps1xml ps2 psc1 psc2 py pyc pyw pyz pyzw rb reg rgs rpm run scf scpt scr ' +
    'search-ms settingcontent-ms sct sh shb shs snap swift terminal theme tool udl url vb vbe vbs vhd vhdx website ' +
    'workflow ws wsc wsf wsh xbap xll zsh'
  ).split(' '),
);

/** Whether opening a file of that name could run it: it is shown in its folder instead. */
export function couldRun(name: string): boolean {
  const extension = extname(name.replace(/[. ]+$/, ''))
    .slice(1)
    .toLowerCase();
  return RUNS.has(extension);
}
