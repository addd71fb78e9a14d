import { silentLog } from '../log/silent.ts';
import { runSyncHost } from './host-port.ts';
import { trustAuthorities } from './trust-authorities.ts';

/** The sync process: the engine behind Electron's parent port. On Linux it knows the desktop's trash by itself. */
const port = process.parentPort;
// Main reads the same files and says what is wrong with them. What it sends meanwhile waits for the first listener.
void trustAuthorities(process.argv, silentLog).then(() =>
  runSyncHost(
    {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    },
    { askForTrash: process.platform !== 'linux', askForLabels: true },
    () => process.exit(0),
  ),
);
