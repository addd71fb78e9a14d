import type { ContractError } from '../../preload/contract/channel.ts';
import type { Phrase } from '../i18n/index.ts';
import type { Workspace } from '../salons/stores/workspace.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { showError } from '../salons/use-attempt.ts';
import { type FileZone, useFileZone } from '../ui/use-file-zone.ts';

/** Why files can't be put into a salon's folder, null when they can. */
type Obstacle = 'no-folder' | 'signed-out' | 'no-place';

export interface FileDrop {
  /** Files are held over the conversation. */
  readonly over: boolean;
  /** Why they could not be put here. */
  readonly obstacle: Obstacle | null;
  readonly add: (files: readonly File[]) => Promise<void>;
  readonly pick: () => Promise<void>;
  readonly zone: FileZone['handlers'];
}

/** Files dropped on a conversation, pasted into it or picked for it. */
export function useFileDrop(salonId: string): FileDrop {
  const workspace = useWorkspace();
  const attempt = async (act: () => Promise<ContractError | null>) => {
    const stopped = obstacle(workspace, salonId);
    if (stopped) return explain(workspace, stopped);
    const error = await act();
    if (error && error.code !== 'cancelled') tell(workspace, error);
  };
  const add = (files: readonly File[]) => attempt(() => workspace.transfers.addFiles(salonId, files));
  const { over, handlers } = useFileZone((files) => void add(files));
  return {
    over,
    obstacle: obstacle(workspace, salonId),
    add,
    pick: () => attempt(() => workspace.transfers.pick(salonId)),
    zone: handlers,
  };
}

function obstacle({ chat, account, folders }: Workspace, salonId: string): Obstacle | null {
  if (!chat.salon(salonId)?.folder) return 'no-folder';
  // A session that ended keeps its folders: what is dropped lies in them and leaves once files are connected again.
  if (account.get().files.status === 'none') return 'signed-out';
  return folders.overview.get()?.place === null ? 'no-place' : null;
}

const WHY: Readonly<Record<Obstacle, Phrase>> = {
  'no-folder': ({ t }) => t('chat:drop.no-folder'),
  'signed-out': ({ t }) => t('chat:drop.signed-out'),
  'no-place': ({ t }) => t('chat:drop.no-place'),
};

/** Says what is missing and shows where it can be had. */
function explain({ toasts, navigation }: Workspace, stopped: Obstacle): void {
  toasts.show('warn', WHY[stopped]);
  if (stopped !== 'no-folder') navigation.showSide('folder');
}

function tell({ toasts }: Workspace, error: ContractError): void {
  showError(toasts, { from: 'main', error });
}
