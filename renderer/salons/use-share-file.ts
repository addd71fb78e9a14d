import { useWorkspace } from './stores/workspace-context.tsx';
import { showError } from './use-attempt.ts';

/** Sends a message about a file of a salon's folder into its conversation and shows it there. */
export function useShareFile(): (salonId: string, file: { path: string; size: number }) => Promise<void> {
  const { folders, transfers, toasts, navigation } = useWorkspace();
  return async (salonId, { path, size }) => {
    const found = await folders.fileId(salonId, path);
    if (!found.ok) return showError(toasts, { from: 'main', error: found.error });
    // Whoever reads the message could not open it yet.
    if (found.value.fileId === null) return toasts.show('warn', ({ t }) => t('files:row.notOnline'));
    const sent = await transfers.tell(salonId, { path, size, fileId: found.value.fileId });
    if (sent.ok) navigation.openSalon(salonId);
    else showError(toasts, { from: 'chat', error: sent.error });
  };
}
