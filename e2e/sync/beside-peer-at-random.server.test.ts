import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Chance } from '../simulate/chance.ts';
import { Ledger } from '../simulate/ledger.ts';
import { syncByPeer, withoutPeerFiles } from './peer.ts';
import { Colleague, WebColleague } from './people.ts';
import { type Computer, Rig, type Tree, treeOf } from './rig.ts';
import { isConflictCopy, serverTrash, whereaboutsOf } from './whereabouts.ts';

/** `SEEDS=1..50 ROUNDS=20` for a longer proof. */
const [first = 1, last = first] = (process.env['SEEDS'] ?? '1..2').split('..').map(Number);
const seeds = Array.from({ length: last - first + 1 }, (_, index) => first + index);
const rounds = Number(process.env['ROUNDS'] ?? 4);

/** Our engine at the desk, Nextcloud's own client at the laptop, a person at each and one on the server. */
class Account {
  readonly ledger = new Ledger();
  readonly desk: Computer;
  readonly laptop: string;
  readonly #rig: Rig;
  readonly #chance: Chance;
  readonly #people: readonly Colleague[];
  readonly #web: WebColleague;

  constructor(on: Rig, seed: number) {
    this.#rig = on;
    this.#chance = new Chance(seed);
    this.desk = on.computer('desk');
    this.laptop = join(on.base, 'laptop');
    mkdirSync(this.laptop);
    this.#people = [this.desk.folder, this.laptop].map(
      (folder, index) =>
        new Colleague(folder, `${folder}-attic`, this.ledger, this.#chance, {
          mark: index === 0 ? 'd' : 'l',
          alikeNames: true,
        }),
    );
    this.#web = new WebColleague(on.ana, this.ledger, this.#chance);
  }

  async edit(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      for (const colleague of this.#people) colleague.act();
      if (this.#chance.percent(40)) await this.#web.act();
    }
  }

  async syncByOurs(): Promise<void> {
    await this.desk.sync();
  }

  syncByPeer(): Promise<boolean> {
    return syncByPeer(this.laptop, this.#rig);
  }

  /** What a person sees at the laptop, but for copies that the peer keeps to itself. */
  laptopTree(): Tree {
    const tree = withoutPeerFiles(treeOf(this.laptop));
    return Object.fromEntries(Object.entries(tree).filter(([path]) => !/\(conflicted copy /.test(path)));
  }
}

test.concurrent.for(seeds)(
  'two programs on one account, whatever people do, end with equal trees and all that was written: seed %i',
  { timeout: 600_000 },
  async (seed, { onTestFinished }) => {
    const rig = await Rig.open();
    onTestFinished(() => rig.close());
    const account = new Account(rig, seed);
    const { desk, ledger, laptop } = account;
    await account.edit(6);
    for (let round = 0; round < rounds; round += 1) {
      await account.syncByOurs();
      await account.edit(2);
      await account.syncByPeer();
      await account.edit(2);
    }
    for (let round = 0; round < 5; round += 1) {
      desk.pair.retry('');
      await account.syncByOurs();
      await account.syncByPeer();
    }
    const tree = desk.tree();
    expect(await rig.ana.tree()).toEqual(tree);
    expect(account.laptopTree()).toEqual(tree);
    expect(desk.pair.problems()).toEqual([]);
    const everything = { ...treeOf(laptop), ...tree };
    const { lost, inTrash, needless } = whereaboutsOf(ledger, everything, [
      desk.trash,
      serverTrash(rig.base, 'ana'),
    ]);
    console.log(
      `seed ${seed}: ${Object.keys(tree).length} entries, ${ledger.owed().size} owed, ${lost.length} lost, ` +
        `${inTrash.length} in a trash only, ${Object.keys(tree).filter(isConflictCopy).length} conflict copies, ` +
        `${needless.length} needless`,
    );
    expect(lost).toEqual([]);
  },
);
