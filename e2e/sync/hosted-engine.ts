/** The engine in a process of its own behind the port of its parent, as in the program but for how long it waits for drives. */
import { runSyncHost } from '../../main/files/host-port.ts';

const [lookMs = '', workMs = ''] = process.argv.slice(2);

runSyncHost(
  {
    send: (message) => process.send?.(message),
    onMessage: (listener) => process.on('message', listener),
  },
  { askForTrash: false, askForLabels: true, patience: { lookMs: Number(lookMs), workMs: Number(workMs) } },
  () => process.exit(0),
);
