import { KeptBus } from '../session-bus/kept-bus.ts';

/** The bus of a Linux desktop; null on systems that have none. What speaks on it is loaded where it is needed. */
export function desktopBus(): KeptBus | null {
  if (process.platform !== 'linux') return null;
  return new KeptBus(async (onLost) => {
    const { busAddress, openSessionBus } = await import('../session-bus/session-bus.ts');
    const address = busAddress(process.env);
    if (address === null) throw new Error('the session has no bus');
    return openSessionBus(address, onLost);
  });
}
