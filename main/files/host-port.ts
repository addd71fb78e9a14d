import { createSyncHost, type HostOptions } from '../sync/index.ts';
import { HostRequest } from './protocol.ts';

/** The child's end of the message port. */
export interface HostPort {
  readonly send: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
}

/**
 * Runs the sync engine behind a port. A message that is none of the protocol is thrown: main and this process are built
 * together, so it is a fault, and the supervisor starts anew. `onClosed` is called when everything was closed on demand.
 */
export function runSyncHost(port: HostPort, options: HostOptions, onClosed: () => void): void {
  const host = createSyncHost((message) => port.send(message), options);
  port.onMessage((message) => {
    const request = HostRequest.parse(message);
    if (request === 'close') void host.close().then(onClosed);
    else host.receive(request);
  });
}
