import { type LocalName, localName } from '../model/paths.ts';

/** Every file that the engine makes for itself in the pair's folders starts so; never synced. */
export const ownPrefix = '.~traboule-';

/** Where files go that were removed on the server, when the system has no trash for them. */
export const ownTrash = localName('.traboule-trash');

/** A name for a file of the engine's own. */
export function ownName(purpose: 'in' | 'old' | 'case' | 'import' | 'undo', unique: string): LocalName {
  return localName(`${ownPrefix}${purpose}-${unique}`);
}

/** Whether it is a half of a download. */
export function isHalf(name: string): boolean {
  return name.startsWith(`${ownPrefix}in-`);
}

/**
 * Whether another part of the program is about to give it a name, having copied it there: what a person undoes, or
 * drops while no engine has the folder open.
 */
export function isCopiedIn(name: string): boolean {
  return name.startsWith(`${ownPrefix}undo-`) || name.startsWith(`${ownPrefix}import-`);
}

/** Whether the engine made it for itself. */
export function isOwnName(name: string): boolean {
  return name.startsWith(ownPrefix) || name === ownTrash;
}
