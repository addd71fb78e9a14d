import { describe, expect, it } from 'vitest';
import type { SyncEvent } from '../sync/api.ts';
import { type Engine, EngineError } from './engine.ts';
import type { PairConfig, SyncCommand } from './protocol.ts';
import { SharedEngine } from './shared-engine.ts';

class ScriptedEngine implements Engine {
  readonly commands: SyncCommand[] = [];
  readonly #events = new Set<(event: SyncEvent) => void>();
  readonly #fresh = new Set<() => void>();
  isDead = false;
  isStopped = false;

  readonly run: Engine['run'] = async (command) => {
    this.commands.push(command);
    if (this.isDead) throw new EngineError('died', 'exit code 1');
    return null;
  };
  readonly onEvent: Engine['onEvent'] = (listener) => void this.#events.add(listener);
  readonly onFresh: Engine['onFresh'] = (listener) => void this.#fresh.add(listener);
  readonly stop = async (): Promise<void> => {
    this.isStopped = true;
  };

  tell(pair: string): void {
    for (const listener of this.#events) listener({ type: 'unwanted', pair, at: 0, paths: [] });
  }
  beginAnew(): void {
    for (const listener of this.#fresh) listener();
  }
}

const config = (id: string): PairConfig => ({
  id,
  remote: { url: 'https://f.example', user: 'u', loginName: 'u', password: 'p', rootPath: '/Salons' },
  localDir: `/home/${id}`,
  journalPath: `/data/${id}.db`,
  options: { ignore: [], conflictLabel: 'copie', unwanted: [] },
});

function twoShares() {
  const engine = new ScriptedEngine();
  const shared = new SharedEngine(engine);
  const shares = ['a', 'b'].map((name) => {
    const share = shared.share();
    const heard: string[] = [];
    share.onEvent(({ pair }) => heard.push(pair));
    share.onFresh(() => heard.push('fresh'));
    return { name, share, heard };
  });
  const [a, b] = shares;
  if (!a || !b) throw new Error('two shares');
  return { engine, shared, a, b };
}

describe('the engine that accounts share', () => {
  it('tells each of its own pairs only', async () => {
    const { engine, a, b } = twoShares();
    await a.share.run({ type: 'open', config: config('one') });
    await b.share.run({ type: 'open', config: config('two') });
    for (const pair of ['one', 'two', 'one', 'nobody’s']) engine.tell(pair);
    expect([a.heard, b.heard]).toEqual([['one', 'one'], ['two']]);
    await a.share.run({ type: 'close', pair: 'one' });
    engine.tell('one');
    expect(a.heard).toHaveLength(2);
  });

  it('is not given what it would end over, with the folders of all', async () => {
    const { engine, a } = twoShares();
    const { remote, ...rest } = config('one');
    const wrong = { ...rest, remote: { ...remote, rootPath: 'outside' } };
    await expect(a.share.run({ type: 'open', config: wrong })).rejects.toEqual(
      new EngineError('invalid', 'config.remote.rootPath'),
    );
    expect(engine.commands).toEqual([]);
  });

  it('that began anew is told to all, and no pair is open then', async () => {
    const { engine, a, b } = twoShares();
    await a.share.run({ type: 'open', config: config('one') });
    engine.beginAnew();
    engine.tell('one');
    expect([a.heard, b.heard]).toEqual([['fresh'], ['fresh']]);
  });

  it('runs on for the others when one gives its share back, and closes the pairs of that one', async () => {
    const { engine, a, b } = twoShares();
    await a.share.run({ type: 'open', config: config('one') });
    await a.share.run({ type: 'open', config: config('two') });
    await b.share.run({ type: 'open', config: config('three') });
    await a.share.stop();
    const closed = engine.commands.flatMap((each) => (each.type === 'close' ? [each.pair] : []));
    expect(closed).toEqual(['one', 'two']);
    expect(engine.isStopped).toBe(false);
    for (const pair of ['one', 'three']) engine.tell(pair);
    engine.beginAnew();
    expect([a.heard, b.heard]).toEqual([[], ['three', 'fresh']]);
  });

  it('opens nothing any more for one that gave its share back', async () => {
    const { engine, a } = twoShares();
    await a.share.stop();
    await expect(a.share.run({ type: 'open', config: config('late') })).rejects.toMatchObject({
      code: 'closed',
    });
    a.share.onFresh(() => a.heard.push('late'));
    engine.beginAnew();
    expect([engine.commands, a.heard]).toEqual([[], []]);
  });

  it('that died over it has closed them too', async () => {
    const { engine, a } = twoShares();
    await a.share.run({ type: 'open', config: config('one') });
    engine.isDead = true;
    await expect(a.share.stop()).resolves.toBeUndefined();
  });

  it('is stopped once for all: no share closes its pairs one by one then', async () => {
    const { engine, shared, a } = twoShares();
    await a.share.run({ type: 'open', config: config('one') });
    await shared.stop();
    await a.share.stop();
    expect(engine.isStopped).toBe(true);
    expect(engine.commands.map(({ type }) => type)).toEqual(['open']);
  });
});
