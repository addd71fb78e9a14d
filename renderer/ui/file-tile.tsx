import { cx } from './cx.ts';
import { type FileFamily, familyOf, fileLabel } from './file-kind.ts';
import { FolderIcon } from './icons.ts';
import './file-tile.css';

interface Props {
  /** File name, of which the ending tells the kind; null for a folder. */
  readonly name: string | null;
  readonly size?: 32 | 36 | 44;
}

/** The coloured square before a file's name. */
export function FileTile({ name, size = 32 }: Props) {
  const family: FileFamily | 'folder' = name === null ? 'folder' : familyOf(name);
  return (
    <span className={cx('file-tile', `file-tile-${family}`, `file-tile-${size}`)} aria-hidden>
      {name === null ? <FolderIcon size={size / 2 + 2} weight="fill" /> : fileLabel(name)}
    </span>
  );
}
