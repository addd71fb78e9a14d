import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { useAttempt } from '../../salons/use-attempt.ts';
import { useShareFile } from '../../salons/use-share-file.ts';
import { IconButton } from '../../ui/button.tsx';
import {
  ArrowSquareOutIcon,
  ArrowsClockwiseIcon,
  ChatsIcon,
  DotsThreeIcon,
  FolderOpenIcon,
  ListChecksIcon,
  PaperPlaneRightIcon,
} from '../../ui/icons.ts';
import { MenuButton, MenuItem } from '../../ui/menu.tsx';
import { nameOf } from './tree-keys.ts';
import { type EntryTreeRow, isAway, type SalonTreeRow } from './tree-rows.ts';
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
  return isAway(row) ? <ChooseItem salonId={row.salonId} /> : <EntryItems row={row} acts={acts} />;
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

function SalonItems({ row: { salonId } }: { readonly row: SalonTreeRow }) {
  const { t } = useWords();
  const { folders, navigation } = useWorkspace();
  const attempt = useAttempt();
  return (
    <>
      <MenuItem id="folder" icon={FolderOpenIcon} onAction={() => void attempt(folders.reveal(salonId, ''))}>
        {t('files:openPlace')}
      </MenuItem>
      <MenuItem id="salon" icon={ChatsIcon} onAction={() => navigation.openSalon(salonId)}>
        {t('files:row.salon')}
      </MenuItem>
      <ChooseItem salonId={salonId} />
      <MenuItem
        id="retry"
        icon={ArrowsClockwiseIcon}
        onAction={() => void attempt(folders.retry(salonId, null))}
      >
        {t('files:row.compare')}
      </MenuItem>
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
      {entry.kind === 'file' && (
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
