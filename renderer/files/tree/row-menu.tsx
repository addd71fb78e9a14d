import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { useAttempt } from '../../salons/use-attempt.ts';
import { useShareFile } from '../../salons/use-share-file.ts';
import { IconButton } from '../../ui/button.tsx';
import {
  ArrowDownIcon,
  ArrowSquareOutIcon,
  ArrowsClockwiseIcon,
  ChatsIcon,
  DotsThreeIcon,
  FolderMinusIcon,
  FolderOpenIcon,
  ListChecksIcon,
  PaperPlaneRightIcon,
} from '../../ui/icons.ts';
import { MenuButton, MenuItem } from '../../ui/menu.tsx';
import { nameOf } from './tree-keys.ts';
import { type EntryTreeRow, isAway, parentOf, type SalonTreeRow } from './tree-rows.ts';
import { useKeepHere } from './use-keep-here.ts';
import type { RowActs } from './use-tree-focus.ts';

interface Props {
  readonly row: SalonTreeRow | EntryTreeRow;
  readonly isActive: boolean;
  readonly acts: RowActs;
}

/** What can be done with a line of the tree. Tab leads to it from its line only. */
export function RowMenu({ row, isActive, acts }: Props) {
  const { t } = useWords();
  return (
    <div role="gridcell" className="tree-acts">
      <MenuButton
        aria-label={nameOf(row)}
        button={
          <IconButton
            icon={DotsThreeIcon}
            label={t('files:row.menu', { name: nameOf(row) })}
            excludeFromTabOrder={!isActive}
          />
        }
      >
        <Items row={row} acts={acts} />
      </MenuButton>
    </div>
  );
}

function Items({ row, acts }: Pick<Props, 'row' | 'acts'>) {
  if (row.kind === 'salon') return <SalonItems row={row} />;
  return isAway(row) ? <AwayItems row={row} /> : <EntryItems row={row} acts={acts} />;
}

/** What is online only can be had here: a folder, or the one that a file is in. */
function AwayItems({ row: { salonId, entry } }: { readonly row: EntryTreeRow }) {
  const { t } = useWords();
  const isFolder = entry.kind === 'folder';
  return (
    <>
      <KeepItem salonId={salonId} path={isFolder ? entry.path : parentOf(entry.path)}>
        {t(isFolder ? 'files:keepHere.folder' : 'files:keepHere.itsFolder')}
      </KeepItem>
      <ChooseItem salonId={salonId} />
    </>
  );
}

interface KeepProps {
  readonly salonId: string;
  readonly path: string;
  readonly children: string;
}

function KeepItem({ salonId, path, children }: KeepProps) {
  const keepHere = useKeepHere();
  return (
    <MenuItem id="keep" icon={ArrowDownIcon} onAction={() => void keepHere(salonId, path)}>
      {children}
    </MenuItem>
  );
}

interface ChooseProps {
  readonly salonId: string;
}

function ChooseItem({ salonId }: ChooseProps) {
  const { t } = useWords();
  const { navigation } = useWorkspace();
  return (
    <MenuItem
      id="choose"
      icon={ListChecksIcon}
      onAction={() => navigation.ask({ kind: 'choose-folders', salonId })}
    >
      {t('files:choose.title')}
    </MenuItem>
  );
}

function SalonItems({ row }: { readonly row: SalonTreeRow }) {
  const { salonId, folder } = row;
  const { t } = useWords();
  const { folders, navigation } = useWorkspace();
  const attempt = useAttempt();
  return (
    <>
      <MenuItem id="folder" icon={FolderOpenIcon} onAction={() => void attempt(folders.reveal(salonId, ''))}>
        {t('files:openPlace')}
      </MenuItem>
      {folder.kind === 'salon' && (
        <MenuItem id="salon" icon={ChatsIcon} onAction={() => navigation.openSalon(salonId)}>
          {t('files:row.salon')}
        </MenuItem>
      )}
      {isAway(row) && (
        <KeepItem salonId={salonId} path="">
          {t('files:keepHere.folder')}
        </KeepItem>
      )}
      <ChooseItem salonId={salonId} />
      <MenuItem
        id="retry"
        icon={ArrowsClockwiseIcon}
        onAction={() => void attempt(folders.retry(salonId, null))}
      >
        {t('files:row.compare')}
      </MenuItem>
      {folder.kind === 'chosen' && (
        <MenuItem
          id="stop"
          icon={FolderMinusIcon}
          onAction={() => navigation.ask({ kind: 'stop-folder', salonId })}
        >
          {t('files:stop.item')}
        </MenuItem>
      )}
    </>
  );
}

/** Tried again by hand only where it did not work. */
const STUCK = new Set(['problem', 'waiting']);

function EntryItems({ row, acts }: { readonly row: EntryTreeRow; readonly acts: RowActs }) {
  const { t } = useWords();
  const { folders } = useWorkspace();
  const attempt = useAttempt();
  const share = useShareFile();
  const { salonId, entry } = row;
  const { path } = entry;
  return (
    <>
      {entry.kind === 'file' && (
        <MenuItem id="open" icon={ArrowSquareOutIcon} onAction={() => acts.open(row)}>
          {t('common:open')}
        </MenuItem>
      )}
      <MenuItem id="show" icon={FolderOpenIcon} onAction={() => void attempt(folders.reveal(salonId, path))}>
        {t('files:row.show')}
      </MenuItem>
      {entry.kind === 'file' && folders.folder(salonId)?.kind === 'salon' && (
        <MenuItem id="share" icon={PaperPlaneRightIcon} onAction={() => void share(salonId, entry)}>
          {t('files:row.share')}
        </MenuItem>
      )}
      {STUCK.has(entry.state) && (
        <MenuItem
          id="retry"
          icon={ArrowsClockwiseIcon}
          onAction={() => void attempt(folders.retry(salonId, path))}
        >
          {t('common:retry')}
        </MenuItem>
      )}
    </>
  );
}
