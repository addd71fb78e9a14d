import { useEffect } from 'react';
import { DownloadsDialog } from '../downloads/downloads-dialog.tsx';
import { AddFolderDialog } from '../files/add/add-folder-dialog.tsx';
import { StopFolderDialog } from '../files/add/stop-folder-dialog.tsx';
import { ChooseFoldersDialog } from '../files/choice/choose-folders-dialog.tsx';
import { ConflictDialog } from '../files/conflict-dialog.tsx';
import { GuardDialog } from '../files/guard-dialog.tsx';
import { RenameDialog } from '../files/problem-rename-dialog.tsx';
import { FreeSpaceDialog } from '../files/space/free-space-dialog.tsx';
import { InviteDialog } from '../salons/create/invite-dialog.tsx';
import { LeaveDialog } from '../salons/create/leave-dialog.tsx';
import { NewSalonDialog } from '../salons/create/new-salon-dialog.tsx';
import type { OpenDialog } from '../salons/stores/navigation.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { useSelected } from '../ui/store.ts';
import { focusWhenLost } from './panes.ts';
import { SearchDialog } from './search-dialog.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';

/** The question that is open over the page, if one is. */
export function Dialogs() {
  const { navigation } = useWorkspace();
  const dialog = useSelected(navigation.place, (place) => place.dialog);
  const isOpen = dialog !== null;
  useEffect(() => {
    // The dialog gives the focus back in its own frame before this one; what it was asked from may be gone, or nothing.
    if (!isOpen) requestAnimationFrame(() => focusWhenLost(document));
  }, [isOpen]);
  return dialog && <Open dialog={dialog} />;
}

function Open({ dialog }: { readonly dialog: OpenDialog }) {
  switch (dialog.kind) {
    case 'new-salon':
      return <NewSalonDialog people={dialog.people} />;
    case 'search':
      return <SearchDialog />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'invite':
      return <InviteDialog salonId={dialog.salonId} />;
    case 'leave':
      return <LeaveDialog salonId={dialog.salonId} />;
    case 'conflict':
      return <ConflictDialog salonId={dialog.salonId} copyPath={dialog.copyPath} />;
    case 'rename':
      return <RenameDialog salonId={dialog.salonId} path={dialog.path} code={dialog.code} />;
    case 'guard':
      return <GuardDialog salonId={dialog.salonId} />;
    case 'choose-folders':
      return <ChooseFoldersDialog salonId={dialog.salonId} />;
    case 'add-folder':
      return <AddFolderDialog />;
    case 'stop-folder':
      return <StopFolderDialog salonId={dialog.salonId} />;
    case 'free-space':
      return <FreeSpaceDialog />;
    case 'downloads':
      return <DownloadsDialog />;
  }
}
