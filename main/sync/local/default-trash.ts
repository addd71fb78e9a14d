import { LocalFailure } from '../model/failures.ts';
import type { Trash } from '../ports/file-system.ts';
import { xdgTrash } from './xdg-trash.ts';

/** No trash of the system: what is removed goes to the pair's own folder for it. */
const noTrash: Trash = {
  put: () => Promise.reject(new LocalFailure('other', { what: 'no trash' })),
};

/** The trash that this program can reach by itself: Linux desktops'. Elsewhere the shell has to be asked. */
export function defaultTrash(): Trash {
  return process.platform === 'linux' ? xdgTrash() : noTrash;
}
