import { ownerChanges, type SessionBus } from './bus.ts';

/** Who knows the panels that show icons beside the clock (StatusNotifierItem, freedesktop.org). */
const WATCHER = 'org.kde.StatusNotifierWatcher';

/**
 * Tells when a panel comes that shows icons: after the program at the start of a session, or anew after it ended. Throws
 * when there is no bus, or it takes no rules.
 */
export async function followTrayPanel(bus: SessionBus, tell: () => void): Promise<void> {
  await bus.hear(ownerChanges(WATCHER), ([, , owner]) => {
    if (owner !== '') tell();
  });
}
