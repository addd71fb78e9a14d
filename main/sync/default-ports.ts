import { mkdir } from 'node:fs/promises';
import { nodeDatabases } from './journal/node-databases.ts';
import { SharedLine } from './line/shared-line.ts';
import { defaultTrash } from './local/default-trash.ts';
import { folderLocks } from './local/folder-locks.ts';
import { onDisk } from './local/local-failures.ts';
import { nodeFileSystem } from './local/node-file-system.ts';
import { systemClock, systemRandom } from './local/system-ports.ts';
import { noHints, watchHints } from './local/watch-hints.ts';
import { plainLabels } from './ports/conflict-labels.ts';
import type { SyncPorts } from './ports/sync-ports.ts';
import { NextcloudRemote } from './remote/nextcloud/nextcloud-remote.ts';
import { PushHub } from './remote/nextcloud/push-hub.ts';
import { WebdavRemote } from './remote/webdav/webdav-remote.ts';

/**
 * This computer and a server.
 *
 * @param push shared by pairs that are opened together
 * @param line shared by them too
 */
export function defaultPorts(push: PushHub = newPushHub(), line: SharedLine = newLine()): SyncPorts {
  return {
    fileSystem: nodeFileSystem,
    trash: defaultTrash(),
    conflictLabels: plainLabels,
    makeFolders: async (path) => {
      await onDisk('write', () => mkdir(path, { recursive: true }));
    },
    databases: nodeDatabases,
    locks: folderLocks(),
    clock: systemClock,
    random: systemRandom,
    openRemote: ({ remote }) =>
      remote.kind === 'webdav'
        ? new WebdavRemote(remote, { line: line.open() })
        : new NextcloudRemote(remote, { line: line.open() }),
    localHints: (config) => watchHints(config.localDir, config.options?.ignore ?? []),
    remoteHints: ({ remote }) => (remote.kind === 'webdav' ? noHints : push.hints(remote)),
  };
}

/** Listens to servers that tell of changes: one connection an account. */
export function newPushHub(): PushHub {
  return new PushHub({ clock: systemClock, random: systemRandom });
}

/** The line of this computer, without limit as yet. */
export function newLine(): SharedLine {
  return new SharedLine(systemClock);
}
