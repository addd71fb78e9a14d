import { useState } from 'react';
import { Button as Pressable } from 'react-aria-components';
import type { FolderEntry } from '../../../preload/contract/files.ts';
import { useWords, type Words } from '../../i18n/index.ts';
import { fileName } from '../../ui/file-name.ts';
import { FileTile } from '../../ui/file-tile.tsx';
import { useStore } from '../../ui/store.ts';
import { EntryStateIcon } from '../entry-state.tsx';
import { useWorkspace } from '../stores/workspace-context.tsx';
import { useAttempt } from '../use-attempt.ts';

interface Props {
  readonly salonId: string;
  readonly entry: FolderEntry;
  readonly onOpenFolder: (path: string) => void;
}

/** A file or folder with its state; a press opens it, or asks which folders to keep when it is online only. */
export function EntryRow({ salonId, entry, onOpenFolder }: Props) {
  const words = useWords();
  const { clock, folders, navigation } = useWorkspace();
  const attempt = useAttempt();
  const now = useStore(clock.minute);
  const [opening, setOpening] = useState(false);
  const name = fileName(entry.path);
  const isAway = entry.kind === 'folder' && entry.state === 'online-only';
  const open = async () => {
    if (isAway) return navigation.ask({ kind: 'choose-folders', salonId });
    if (entry.kind === 'folder') return onOpenFolder(entry.path);
    setOpening(true);
    await attempt(folders.open(salonId, entry.path));
    setOpening(false);
  };
  return (
    <li>
      <Pressable className="entry" onPress={() => void open()} isDisabled={opening}>
        <FileTile name={entry.kind === 'folder' ? null : name} />
        <span className="entry-words">
          <span className="entry-name cut">{name}</span>
          <span className="least cut">
            {opening ? words.t('chat:file.opening') : entryLine(entry, now, words)}
          </span>
        </span>
        <EntryStateIcon state={entry.state} label={words.t(`salons:entry.${entry.state}`)} />
      </Pressable>
    </li>
  );
}

/** What is said of an entry: what happens to it, else when it changed. */
function entryLine(entry: FolderEntry, now: number, { t, format }: Words): string {
  if (entry.state !== 'synced' && entry.state !== 'online-only' && entry.kind === 'file')
    return t(`salons:entry.${entry.state}`);
  if (entry.kind === 'folder' && entry.state === 'online-only') return t('salons:entry.online-only');
  if (entry.kind === 'folder') return t('common:files', { count: entry.fileCount });
  const size = format.size(entry.size);
  return entry.modifiedAt === null ? size : `${size} · ${format.relative(entry.modifiedAt, now)}`;
}
