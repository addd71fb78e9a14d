import { join } from 'node:path';

/**
 * Where the folders' place is suggested: as an administrator wrote it, `~` being the person's home, else a folder of
 * the brand's name in the home.
 */
export function suggestedPlace(decided: string | null, home: string, folderName: string): string {
  return decided === null ? join(home, folderName) : fromHome(decided, home);
}

/** A place as somebody wrote it, `~` being the person's home. */
export function fromHome(place: string, home: string): string {
  return /^~[\\/]/.test(place) ? join(home, place.slice(2)) : place;
}
