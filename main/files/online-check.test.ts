import { describe, expect, it } from 'vitest';
import { AppError } from '../contract/app-error.ts';
import type { PairState } from '../sync/api.ts';
import { type Engine, EngineError } from './engine.ts';
import { FolderReport } from './folder-report.ts';
import { makeSureOnline } from './online-check.ts';

const never = new AbortController().signal;
const IDLE: PairState = { kind: 'idle', problems: 0 };
const notOnline = { about: 'in-use.not-online' };

interface Turn {
  /** How the run ends that is asked for. */
  readonly end?: PairState;
  readonly unsent?: number;
  /** Called while the engine looks through the folder. */
  readonly whileWeighed?: () => void;
  readonly fails?: boolean;
}

function check({ end = IDLE, unsent = 0, whileWeighed, fails = false }: Turn, signal = never) {
  const report = new FolderReport();
  const engine: Engine = {
    onEvent: () => undefined,
    onFresh: () => undefined,
    stop: async () => undefined,
    run: async (command) => {
      if (command.type === 'syncNow') report.state = end;
      if (command.type !== 'weigh') return null;
      if (fails) throw new EngineError('died', '');
      whileWeighed?.();
      return [{ path: '', files: 1, bytes: 4, unsent }];
    },
  };
  const place = { pairId: 'p', localDir: '/', remotePath: '/x', unwanted: [], report };
  return { report, isSure: () => makeSureOnline(engine, place, signal) };
}

describe('a folder that is to go', () => {
  it('may go once the engine came to rest and everything is online', async () => {
    await expect(check({}).isSure()).resolves.toBeUndefined();
  });

  it('stays while something in it is not online, although the engine rests', async () => {
    await expect(check({ unsent: 1 }).isSure()).rejects.toMatchObject(notOnline);
  });

  it('stays when the engine did not come to rest, has a problem, or can not tell', async () => {
    await expect(check({ end: { kind: 'offline', code: 'unreachable' } }).isSure()).rejects.toMatchObject(
      notOnline,
    );
    await expect(check({ fails: true }).isSure()).rejects.toMatchObject(notOnline);
    const { report, isSure } = check({});
    report.addProblem({ path: 'a.txt', code: 'file-in-use', retryAt: null, detail: '' });
    await expect(isSure()).rejects.toMatchObject(notOnline);
  });

  it('stays when whoever asked was told meanwhile that it took too long', async () => {
    const asked = new AbortController();
    const whileWeighed = () => asked.abort(new AppError('timeout.request'));
    await expect(check({ whileWeighed }, asked.signal).isSure()).rejects.toMatchObject(notOnline);
  });
});
