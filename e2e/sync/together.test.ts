import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Chance } from '../simulate/chance.ts';
import { Ledger } from '../simulate/ledger.ts';
import { expectAtRest } from './at-rest.ts';
import { Colleague, WebColleague } from './people.ts';
import { type Computer, Rig } from './rig.ts';
import { isConflictCopy, serverTrash, whereaboutsOf } from './whereabouts.ts';

/** `SEEDS=1..100` for a longer proof. */
const [first = 1, last = first] = (process.env['SEEDS'] ?? '1..4').split('..').map(Number);
const seeds = Array.from({ length: last - first + 1 }, (_, index) => first + index);
const rounds = 4;
/** Edits in each: an engine that always finds something new never ends its run. */
const edits = 12;

/** Two computers of one account, a person at each, and one who works on the server. */
class Account {
  readonly ledger = new Ledger();
  readonly computers: readonly Computer[];
  readonly #chance: Chance;
  readonly #people: readonly Colleague[];
  readonly #web: WebColleague;

  constructor(on: Rig, seed: number) {
    this.#chance = new Chance(seed);
    this.computers = ['desk', 'laptop'].map((name) => on.computer(name));
    this.#people = this.computers.map(
      ({ folder }, index) =>
        new Colleague(folder, `${folder}-attic`, this.ledger, this.#chance, {
          mark: index === 0 ? 'd' : 'l',
          alikeNames: true,
        }),
    );
    this.#web = new WebColleague(on.ana, this.ledger, this.#chance);
  }

  async edit(): Promise<void> {
    if (this.#chance.percent(30)) await this.#web.act();
    for (const colleague of this.#people) if (this.#chance.percent(50)) colleague.act();
  }

  /** Both engines at once, while everybody goes on. */
  async syncTogether(): Promise<void> {
    const runs = Promise.all(this.computers.map((computer) => computer.sync()));
    for (let edit = 0; edit < edits; edit += 1) {
      await this.edit();
      await sleep(this.#chance.below(30));
    }
    await runs;
  }

  /** Until neither has anything to do. */
  async syncToRest(): Promise<void> {
    for (let round = 0; round < 12; round += 1) {
      const reports = [];
      for (const { pair } of this.computers) {
        pair.retry('');
        reports.push(await pair.syncOnce());
      }
      const done = reports.map(
        ({ uploaded, downloaded, moved, removed }) => uploaded + downloaded + moved + removed,
      );
      const haveClashes = this.#people.filter((colleague) => colleague.tellApart());
      if (haveClashes.length === 0 && done.every((count) => count === 0)) return;
    }
    throw new Error('the engines never come to rest');
  }
}

test.concurrent.for(seeds)(
  'two engines on one account at once lose nothing and come to rest: seed %i',
  async (seed, { onTestFinished }) => {
    const rig = await Rig.open();
    onTestFinished(() => rig.close());
    const account = new Account(rig, seed);
    const [desk, laptop] = account.computers;
    if (desk === undefined || laptop === undefined) throw new Error('two computers');
    for (let edit = 0; edit < 12; edit += 1) await account.edit();
    for (let round = 0; round < rounds; round += 1) await account.syncTogether();
    await account.syncToRest();
    for (const computer of account.computers) {
      await expectAtRest(rig, computer);
      expect(computer.pair.problems()).toEqual([]);
    }
    const tree = desk.tree();
    const trashes = [desk.trash, laptop.trash, serverTrash(rig.base, 'ana')];
    const { lost, inTrash, needless } = whereaboutsOf(account.ledger, tree, trashes);
    const copies = Object.keys(tree).filter(isConflictCopy).length;
    console.log(
      `seed ${seed}: ${Object.keys(tree).length} entries, ${account.ledger.owed().size} owed, ${lost.length} lost, ` +
        `${inTrash.length} in a trash only, ${copies} conflict copies, ${needless.length} needless`,
    );
    expect(lost).toEqual([]);
  },
);
