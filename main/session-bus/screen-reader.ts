import { z } from 'zod';
import type { LastingBus } from './bus.ts';

/** Who knows whether people are helped by a screen reader, or by other programs that read windows (AT-SPI). */
const BUS_OF_READERS = 'org.a11y.Bus';
const STATUS = 'org.a11y.Status';
const PROPERTIES = 'org.freedesktop.DBus.Properties';

const Flag = z.tuple([z.boolean()], z.unknown());
const Changed = z.tuple(
  [
    z.string(),
    z.looseObject({ ScreenReaderEnabled: z.boolean().optional(), IsEnabled: z.boolean().optional() }),
  ],
  z.unknown(),
);

/**
 * Tells when a screen reader runs: now, or once it starts. That others may read windows (`IsEnabled`) stays so for ever after
 * the first time, so it only counts when it begins. Throws when there is no bus, or nobody on it who knows.
 */
export async function followScreenReader(bus: LastingBus, tell: () => void): Promise<void> {
  const asked = { service: BUS_OF_READERS, path: '/org/a11y/bus', interface: PROPERTIES };
  await bus.hear({ service: BUS_OF_READERS, interface: PROPERTIES, member: 'PropertiesChanged' }, (body) => {
    const changed = Changed.safeParse(body);
    if (!changed.success || changed.data[0] !== STATUS) return;
    const { ScreenReaderEnabled: hasReader, IsEnabled: isRead } = changed.data[1];
    if (hasReader === true || isRead === true) tell();
  });
  const answer = await bus.call({
    ...asked,
    member: 'Get',
    signature: 'ss',
    body: [STATUS, 'ScreenReaderEnabled'],
  });
  if (Flag.parse(answer)[0]) tell();
}
