import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSyncPair, type SyncPair } from '../../../main/sync/sync-pair.ts';
import type { Account } from './account.ts';
import { writeAged } from './many-files.ts';
import type { Figures, Taken } from './table.ts';

const patience = 60_000;

/** Two computers on one account that watch: how long it takes until one sees what happens elsewhere. */
export async function measureLive(
  account: Account,
  base: string,
  times: number,
  figures: Figures,
): Promise<void> {
  const folders = ['desk', 'laptop'].map((name) => join(base, name));
  const [desk = '', laptop = ''] = folders;
  const pairs = folders.map((local) => watch(account, local));
  try {
    await Promise.all(pairs.map(inSync));
    for (let time = 0; time < times; time += 1) {
      const now = Math.floor(Date.now() / 1000) - 100;
      figures.add(
        'edit on the server to here, with push',
        { seconds: 2 },
        'ours',
        await until(join(desk, `there ${time}.txt`), () =>
          account.put(`live/there ${time}.txt`, 'there', now),
        ),
      );
      // Its time is that of an edit: the engine waits until nobody has written to it for 2 s.
      figures.add(
        'edit here to another computer, with push (2 s of it until the file is quiet)',
        { seconds: 2 },
        'ours',
        await until(join(laptop, `here ${time}.txt`), () =>
          writeAged(join(desk, `here ${time}.txt`), 'here', Date.now() / 1000),
        ),
      );
    }
  } finally {
    for (const pair of pairs) await pair.stop();
  }
}

function watch({ url, user, password, root }: Account, local: string): SyncPair {
  mkdirSync(local, { recursive: true });
  const pair = createSyncPair({
    id: local,
    remote: { url, user, password, rootPath: `${root}/live` },
    localDir: local,
    journalPath: `${local}.db`,
  });
  pair.start();
  return pair;
}

async function inSync(pair: SyncPair): Promise<void> {
  await new Promise<void>((resume) => {
    pair.subscribe((event) => {
      if (event.type === 'state' && event.state.kind === 'idle') resume();
    });
  });
  // Push is there only a moment after the first run.
  await new Promise((resume) => setTimeout(resume, 3000));
}

async function until(path: string, act: () => Promise<void> | void): Promise<Taken> {
  const before = performance.now();
  await act();
  while (!existsSync(path)) {
    if (performance.now() - before > patience) throw new Error(`${path} did not come`);
    await new Promise((resume) => setTimeout(resume, 5));
  }
  return { seconds: (performance.now() - before) / 1000 };
}
