import { isOnBus, type LastingBus, ownerChanges } from './bus.ts';

/** Who locks the screen on the desktops of the day; each tells of it, and answers whether it is, by the same words. */
const LOCKERS = [
  'org.freedesktop.ScreenSaver',
  'org.gnome.ScreenSaver',
  'org.cinnamon.ScreenSaver',
  'org.mate.ScreenSaver',
  'org.xfce.ScreenSaver',
];

/**
 * Tells whenever the screen is locked and unlocked; also when it is now. One who locks and then goes away has not unlocked
 * it. Throws when there is no bus, or it takes no rules.
 */
export async function followScreenLock(bus: LastingBus, tell: (isLocked: boolean) => void): Promise<void> {
  const locked = new Set<string>();
  const note = (name: string, isLocked: boolean): void => {
    const wasLocked = locked.size > 0;
    if (isLocked) locked.add(name);
    else locked.delete(name);
    if (locked.size > 0 !== wasLocked) tell(!wasLocked);
  };
  const ask = async (name: string): Promise<void> => {
    const isLocked = await isLockedBy(bus, name);
    if (isLocked !== null) note(name, isLocked);
  };
  for (const name of LOCKERS) {
    await bus.hear({ service: name, interface: name, member: 'ActiveChanged' }, ([isActive]) =>
      note(name, isActive === true),
    );
    await bus.hear(ownerChanges(name), () => void ask(name));
    await ask(name);
  }
  bus.onReopened(() => {
    for (const name of LOCKERS) void ask(name);
  });
}

/** Null when nobody has that name, or who has it can't be asked: some only keep the screen from being locked. */
async function isLockedBy(bus: LastingBus, name: string): Promise<boolean | null> {
  const path = `/${name.replaceAll('.', '/')}`;
  try {
    if (!(await isOnBus(bus, name))) return null;
    const [isActive] = await bus.call({ service: name, path, interface: name, member: 'GetActive' });
    return isActive === true;
  } catch {
    return null;
  }
}
