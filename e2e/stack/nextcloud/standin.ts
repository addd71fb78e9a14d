import { randomInt, randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Faults } from './faults.ts';
import type { Clock, NextcloudOptions, Switches } from './options.ts';
import { switchesFrom } from './options.ts';
import { Accounts } from './store/accounts.ts';
import { Activities } from './store/activities.ts';
import { Database } from './store/database.ts';
import { Operations } from './store/operations.ts';
import { Shares } from './store/shares.ts';
import { Trash } from './store/trash.ts';
import { Tree } from './store/tree.ts';
import { Versions } from './store/versions.ts';
import { View } from './store/view.ts';

/** Everything a request handler may need. One per running server; nothing is global. */
export interface Standin {
  readonly dataDir: string;
  /** Ends every oc:id; made once per data folder. */
  readonly instanceId: string;
  readonly switches: Switches;
  readonly clock: Clock;
  readonly db: Database;
  readonly tree: Tree;
  readonly accounts: Accounts;
  readonly shares: Shares;
  readonly view: View;
  readonly trash: Trash;
  readonly versions: Versions;
  readonly activities: Activities;
  readonly operations: Operations;
  readonly faults: Faults;
  /** Paths that are being written: a second writer gets 423 (14/01). */
  readonly writing: Set<string>;
  /** A path for bytes that are still on their way in. */
  tempPath(): string;
  close(): void;
}

/** Opens the data folder and all that is kept in it. */
export function openStandin(options: NextcloudOptions, faults: Faults): Standin {
  const dataDir = path.resolve(options.dataDir);
  const tempDir = path.join(dataDir, 'tmp');
  rmSync(tempDir, { recursive: true, force: true });
  mkdirSync(tempDir, { recursive: true });
  const clock = options.clock ?? Date.now;
  const db = new Database(path.join(dataDir, 'standin.db'));
  const tree = new Tree(dataDir, db, clock);
  const versions = new Versions(tree, db);
  const trash = new Trash(tree, db, versions);
  const activities = new Activities(db);
  const accounts = new Accounts(db, clock);
  for (const user of options.users) accounts.put(user);
  const shares = new Shares(tree, db, (uid) => accounts.groupsOf(uid));
  return {
    dataDir,
    instanceId: db.meta('instanceId', newInstanceId),
    switches: switchesFrom(options),
    clock,
    db,
    tree,
    accounts,
    shares,
    view: new View(tree, shares),
    trash,
    versions,
    activities,
    operations: new Operations(tree, db, trash, versions, activities),
    faults,
    writing: new Set(),
    tempPath: () => path.join(tempDir, randomUUID()),
    close: () => db.close(),
  };
}

/** oc:id and OC-FileId: the file id in at least eight digits, then the instance. */
export function ocId(standin: Standin, fileId: number): string {
  return String(fileId).padStart(8, '0') + standin.instanceId;
}

const instanceAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

function newInstanceId(): string {
  return `oc${Array.from({ length: 10 }, () => instanceAlphabet[randomInt(instanceAlphabet.length)]).join('')}`;
}
