import { useWords } from '../i18n/index.ts';
import type { SalonDetails } from '../matrix/protocol.ts';
import { fileName } from '../ui/file-name.ts';
import type { ChatStore } from './stores/chat-store.ts';
import { useWorkspace } from './stores/workspace-context.tsx';

/** Without the names of managers after that long, the message is prepared without. */
const NAMES_WITHIN_MS = 2000;

/**
 * Opens the salon's conversation with a message to its managers: that one wants to change a file. It is prepared, not sent:
 * the person reads it, changes it, and sends it.
 */
export function useAskForRights(): (salonId: string, path: string) => Promise<void> {
  const { t, format } = useWords();
  const { chat, drafts, navigation } = useWorkspace();
  return async (salonId, path) => {
    navigation.openSalon(salonId);
    const managers = managersIn(await detailsOf(chat, salonId), chat.self.get()?.userId ?? null);
    const name = fileName(path);
    const text =
      managers.length === 0
        ? t('files:askRights.toAll', { name })
        : t('files:askRights.toManagers', {
            managers: format.list(managers.map((manager) => `@${manager}`)),
            name,
          });
    await drafts.giveBack(salonId, text);
  };
}

/** The names of who may give rights, but for oneself. */
export function managersIn(details: SalonDetails | null, self: string | null): string[] {
  return (details?.members ?? [])
    .filter(
      ({ role, membership, userId }) => role === 'manager' && membership === 'joined' && userId !== self,
    )
    .map(({ name }) => name);
}

/** What is known of the salon that was just opened; null when it does not come soon. */
async function detailsOf(chat: ChatStore, salonId: string): Promise<SalonDetails | null> {
  const known = () => {
    const details = chat.details.get();
    return details?.salonId === salonId ? details : null;
  };
  if (known()) return known();
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = chat.details.subscribe(() => {
    if (known()) resolve();
  });
  const timer = setTimeout(resolve, NAMES_WITHIN_MS);
  await promise;
  clearTimeout(timer);
  stop();
  return known();
}
