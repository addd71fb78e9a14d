import { expect, test } from 'vitest';
import { silentLog } from '../log/silent.ts';
import type { Engine } from './engine.ts';
import { OpenPairs } from './open-pairs.ts';
import type { PairConfig, SyncCommand } from './protocol.ts';
import { DeskConditions } from './testing.ts';

const config: PairConfig = {
  id: 'plan',
  remote: { url: 'https://cloud.example', user: 'ana', loginName: 'ana', password: 'x', rootPath: '/Plan' },
  localDir: '/here/Plan',
  journalPath: '/journals/plan',
  options: { ignore: [], conflictLabel: 'copy', unwanted: [] },
};
const wanted = new Map([[config.id, config]]);

function setUp() {
  const said: SyncCommand[] = [];
  const held = new Map<SyncCommand['type'], Promise<void>>();
  const engine: Engine = {
    run: async (command) => {
      said.push(command);
      await held.get(command.type);
      return [];
    },
    onEvent: () => undefined,
    onFresh: () => undefined,
    stop: () => Promise.resolve(),
  };
  const conditions = new DeskConditions();
  const pairs = new OpenPairs(engine, conditions, silentLog);
  /** Leaves commands of that type unanswered until they are let go. */
  const hold = (type: SyncCommand['type']): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    held.set(type, promise);
    return resolve;
  };
  return { pairs, conditions, said, hold, words: () => said.map(({ type }) => type) };
}

test('the engine knows how the computer stands before it opens the first folder, and is not begun for that', async () => {
  const { pairs, conditions, words } = setUp();
  conditions.become({ metered: true });
  expect(words()).toEqual([]);
  await pairs.become(wanted, { paused: false });
  expect(words().slice(0, 3)).toEqual(['surroundings', 'rules', 'open']);
});

test('each change is told, and all of it again to an engine that began anew', async () => {
  const { pairs, conditions, said, words } = setUp();
  await pairs.become(wanted, { paused: false });
  said.length = 0;
  conditions.become({ power: { kind: 'battery', level: 0.1 } }, { pauseOnBattery: 'low' });
  await expect.poll(words).toEqual(['surroundings', 'rules']);
  expect(said).toMatchObject([
    { surroundings: { power: { kind: 'battery', level: 0.1 } } },
    { rules: { pauseOnBattery: 'low' } },
  ]);
  said.length = 0;
  pairs.forgetAll();
  conditions.become({ metered: true });
  expect(words()).toEqual([]);
  await pairs.become(wanted, { paused: false });
  expect(words().slice(0, 3)).toEqual(['surroundings', 'rules', 'open']);
  expect(said[0]).toMatchObject({ surroundings: { metered: true, power: { kind: 'battery' } } });
});

test('a person overrules a rule for every folder', async () => {
  const { pairs, said } = setUp();
  await pairs.become(wanted, { paused: false });
  said.length = 0;
  await pairs.overrule();
  expect(said).toEqual([{ type: 'overrule', pair: 'plan' }]);
});

test('a folder that is long to close, on a drive that hangs, holds up only who comes to its place', async () => {
  const { pairs, said, hold } = setUp();
  await pairs.become(wanted, { paused: false });
  const release = hold('close');
  said.length = 0;
  const other = { ...config, id: 'other', localDir: '/here/Other', journalPath: '/journals/other' };
  const below = { ...config, id: 'below', localDir: '/here/Plan/Old', journalPath: '/journals/below' };
  const become = pairs.become(new Map([other, below].map((each) => [each.id, each])), { paused: false });
  const opened = () => said.flatMap((command) => (command.type === 'open' ? command.config.id : []));
  await expect.poll(opened).toEqual(['other']);
  await expect.poll(() => said.at(-1)).toMatchObject({ type: 'conflicts', pair: 'other' });
  expect(opened()).toEqual(['other']);
  release();
  await become;
  expect(opened()).toEqual(['other', 'below']);
});
