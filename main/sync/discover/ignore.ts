import { isOwnName } from './own-names.ts';

/** Names that no one means to share: locks, halves of downloads, what file managers leave behind. */
const ignoredNames: readonly string[] = [
  '.~lock.*#',
  '~$*',
  '*.~tmp',
  '*.part',
  '*.filepart',
  '*.crdownload',
  '*.partial',
  '.*.sw?',
  '.#*',
  '.fuse_hidden*',
  '.nfs????????*',
  '.goutputstream-*',
  '.DS_Store',
  '.AppleDouble',
  '._*',
  '.Spotlight-V100',
  '.Trashes',
  '.Trash-*',
  '.fseventsd',
  'Thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '$RECYCLE.BIN',
  'System Volume Information',
  '.directory',
  '.sync_*.db*',
  '._sync_*.db*',
  '.owncloudsync.log*',
  '.nextcloudsync.log*',
  '.sync-exclude.lst',
];

/** All patterns of names that are left alone, the built-in ones first. */
export function ignorePatterns(more: readonly string[]): readonly string[] {
  return [...ignoredNames, ...more];
}

/**
 * Makes the test for names that are left alone on both sides.
 *
 * @param more patterns of the user or the administrator; `*` is any text, `?` any character, case is ignored
 */
export function ignoreTest(more: readonly string[]): (name: string) => boolean {
  const patterns = ignorePatterns(more).map(toExpression);
  const whole = new RegExp(`^(?:${patterns.join('|')})$`, 'iu');
  return (name) => isOwnName(name) || whole.test(name);
}

function toExpression(pattern: string): string {
  return pattern
    .normalize('NFC')
    .replaceAll(/[\\^$.|+()[\]{}/-]/gu, (character) => (character === '-' ? '-' : `\\${character}`))
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
}
