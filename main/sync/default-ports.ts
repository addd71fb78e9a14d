import { mkdir } from 'node:fs/promises';
import type { RemoteConfig } from './api.ts';
import { nodeDatabases } from './journal/node-databases.ts';
import { SharedLine } from './line/shared-line.ts';
import { defaultTrash } from './local/default-trash.ts';
import { folderLocks } from './local/folder-locks.ts';
import { diskSpace } from './local/free-space.ts';
import { onDisk } from './local/local-failures.ts';
import { nodeFileSystem } from './local/node-file-system.ts';
import { systemClock, systemRandom } from './local/system-ports.ts';
import { noHints, watchHints } from './local/watch-hints.ts';
import { OrderlyRemote } from './places/orderly-remote.ts';
import { SharedPlaces } from './places/shared-places.ts';
import { plainLabels } from './ports/conflict-labels.ts';
import type { Line } from './ports/line.ts';
import type { Remote } from './ports/remote.ts';
import type { SyncPorts } from './ports/sync-ports.ts';
import { NextcloudRemote } from './remote/nextcloud/nextcloud-remote.ts';
import { PushHub } from './remote/nextcloud/push-hub.ts';
import { WebdavRemote } from './remote/webdav/webdav-remote.ts';
import { SharedRoom } from './room/shared-room.ts';

/**
 * This computer and a server. Pairs that are given the same ports share the places at their servers.
 *
 * @param push shared by pairs that are opened together
 * @param line shared by them too
 */
export function defaultPorts(push: PushHub = newPushHub(), line: SharedLine = newLine()): SyncPorts {
  const places = new SharedPlaces();
  return {
    fileSystem: nodeFileSystem,
    trash: defaultTrash(),
    room: new SharedRoom(diskSpace, () => performance.now()),
    conflictLabels: plainLabels,
    makeFolders: async (path) => {
      await onDisk('write', () => mkdir(path, { recursive: true }));
    },
    databases: nodeDatabases,
    locks: folderLocks(),
    clock: systemClock,
    random: systemRandom,
    openRemote: ({ remote }) =>
      new OrderlyRemote(openRemote(remote, line.open()), places.open(remote), () => performance.now()),
    localHints: (config) => watchHints(config.localDir, config.options?.ignore ?? []),
    remoteHints: ({ remote }) => (remote.kind === 'webdav' ? noHints : push.hints(remote)),
  };
}

function openRemote(config: RemoteConfig, line: Line): Remote {
  return config.kind === 'webdav'
    ? new WebdavRemote(config, { line })
    : new NextcloudRemote(config, { line });
}

/** Listens to servers that tell of changes: one connection an account. */
export function newPushHub(): PushHub {
  return new PushHub({ clock: systemClock, random: systemRandom });
}

/** The line of this computer, without limit as yet. */
export function newLine(): SharedLine {
  return new SharedLine(systemClock);
}
