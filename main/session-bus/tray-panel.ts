import { isOnBus, type LastingBus, ownerChanges } from './bus.ts';

/** Who knows the panels that show icons beside the clock (StatusNotifierItem, freedesktop.org). */
const WATCHER = 'org.kde.StatusNotifierWatcher';
const SIGNALS = ['StatusNotifierHostRegistered', 'StatusNotifierHostUnregistered'];

/**
 * Tells whether a panel is there that shows icons, and each time that this changes: one may come after the program at the
 * start of a session, or never. Throws when there is no bus, or it takes no rules.
 */
export async function followTrayPanel(bus: LastingBus, tell: (isThere: boolean) => void): Promise<void> {
  let isThere = false;
  let asked = 0;
  const ask = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    const answer = await hasPanel(bus);
    if (mine !== asked || answer === isThere) return;
    isThere = answer;
    tell(answer);
  };
  await bus.hear(ownerChanges(WATCHER), () => void ask());
  for (const member of SIGNALS)
    await bus.hear({ service: WATCHER, interface: WATCHER, member }, () => void ask());
  bus.onReopened(() => void ask());
  await ask();
}

/** Whether there is a watcher, and a panel with it. One that does not answer shows nothing. */
async function hasPanel(bus: LastingBus): Promise<boolean> {
  try {
    if (!(await isOnBus(bus, WATCHER))) return false;
    const [answer] = await bus.call({
      service: WATCHER,
      path: '/StatusNotifierWatcher',
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      signature: 'ss',
      body: [WATCHER, 'IsStatusNotifierHostRegistered'],
    });
    return answer === true;
  } catch {
    return false;
  }
}
