import { runSyncHost } from './host-port.ts';

/** The sync process: the engine behind Electron's parent port. On Linux it knows the desktop's trash by itself. */
const port = process.parentPort;
runSyncHost(
  {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
  },
  process.platform !== 'linux',
  () => process.exit(0),
);
