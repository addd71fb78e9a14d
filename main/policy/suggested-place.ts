import { join } from 'node:path';

/**
 * Where the folders' place is suggested: as an administrator wrote it, `~` being the person's home, else a folder of
 * the brand's name in the home.
 */
export function suggestedPlace(decided: string | null, home: string, folderName: string): string {
  if (decided === null) return join(home, folderName);
  return /^~[\\/]/.test(decided) ? join(home, decided.slice(2)) : decided;
}
