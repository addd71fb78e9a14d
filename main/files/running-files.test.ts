import { describe, expect, it } from 'vitest';
import type { SyncEvent } from '../sync/api.ts';
import { RunningFiles } from './running-files.ts';

const item = (
  path: string,
  phase: 'started' | 'progress' | 'done',
  rest: Partial<Extract<SyncEvent, { type: 'item' }>> = {},
): SyncEvent => ({
  type: 'item',
  pair: 'p',
  at: 0,
  phase,
  action: 'upload',
  path,
  bytesDone: 0,
  bytesTotal: 1000,
  ...rest,
});
const salonOf = (pair: string) => (pair === 'p' ? '!a:m.example' : undefined);
const pathsOf = (files: RunningFiles) => files.list(salonOf).map(({ path }) => path);

describe('files under way', () => {
  it('are those that began and did not end', () => {
    const files = new RunningFiles();
    files.take(item('a', 'started'));
    files.take(item('b', 'started', { action: 'download' }));
    files.take(item('c', 'started', { action: 'moveLocal' }));
    files.take(item('a', 'done'));
    expect(files.list(salonOf)).toMatchObject([{ path: 'b', direction: 'down', bytesDone: 0 }]);
  });

  it('have the speed of their last seconds, and the time that is left at this speed', () => {
    const files = new RunningFiles();
    files.take(item('a', 'started', { at: 0 }));
    files.take(item('a', 'progress', { at: 10_000, bytesDone: 200 }));
    expect(files.list(salonOf)[0]).toMatchObject({ bytesPerSecond: 0, secondsLeft: null });
    files.take(item('a', 'progress', { at: 12_000, bytesDone: 600 }));
    expect(files.list(salonOf)[0]).toMatchObject({ bytesDone: 600, bytesPerSecond: 200, secondsLeft: 2 });
  });

  it('end with the run that carries them: a pause leaves nothing on its way', () => {
    const files = new RunningFiles();
    files.take(item('a', 'started'));
    files.take(item('of another', 'started', { pair: 'q' }));
    expect(files.take({ type: 'state', pair: 'p', at: 1, state: { kind: 'paused', reason: 'person' } })).toBe(
      true,
    );
    expect(pathsOf(files)).toEqual([]);
    expect(files.list(() => '!b:m.example')).toHaveLength(1);
  });

  it('end when they fail, and with the process that carried them', () => {
    const files = new RunningFiles();
    files.take(item('a', 'started'));
    files.take(item('b', 'started'));
    const problem = { code: 'locked', path: 'a', action: 'upload', kept: 'here', data: {} } as const;
    files.take({ type: 'problem', pair: 'p', at: 1, problem });
    expect(pathsOf(files)).toEqual(['b']);
    files.forgetAll();
    expect(pathsOf(files)).toEqual([]);
  });

  it('are told of salons only', () => {
    const files = new RunningFiles();
    files.take(item('a', 'started', { pair: 'left' }));
    expect(pathsOf(files)).toEqual([]);
  });
});
