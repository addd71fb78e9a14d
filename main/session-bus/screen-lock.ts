import type { SessionBus } from './bus.ts';

/** Who locks the screen on the desktops of the day; each tells of it by the same signal. */
const LOCKERS = [
  'org.freedesktop.ScreenSaver',
  'org.gnome.ScreenSaver',
  'org.cinnamon.ScreenSaver',
  'org.mate.ScreenSaver',
  'org.xfce.ScreenSaver',
];

/** Tells whenever the screen is locked and unlocked. Throws when there is no bus, or it takes no rules. */
export async function followScreenLock(bus: SessionBus, tell: (isLocked: boolean) => void): Promise<void> {
  for (const name of LOCKERS)
    await bus.hear({ service: name, interface: name, member: 'ActiveChanged' }, ([isActive]) =>
      tell(isActive === true),
    );
}
