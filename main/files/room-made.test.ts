import { expect, test } from 'vitest';
import { silentLog } from '../log/silent.ts';
import type { PairState, SyncEvent } from '../sync/api.ts';
import { FolderReport } from './folder-report.ts';
import type { SyncCommand } from './protocol.ts';
import { tryAgainWhenRoomIsMade } from './room-made.ts';

const state = (pair: string, kind: 'idle' | 'syncing'): SyncEvent => {
  const now: PairState = kind === 'idle' ? { kind, problems: 1 } : { kind };
  return { type: 'state', pair, at: 1, state: now };
};
const gone = (pair: string): SyncEvent => ({
  type: 'item',
  pair,
  at: 1,
  phase: 'done',
  action: 'evict',
  path: 'Films/a.mp4',
  bytesDone: 0,
  bytesTotal: 0,
});

test('what did not fit on the disk is tried again once what leaves has left, in all folders', () => {
  const report = new FolderReport();
  report.addProblem({ path: 'big.iso', code: 'disk-full', retryAt: 9, detail: '' });
  report.addProblem({ path: 'open.docx', code: 'file-in-use', retryAt: 9, detail: '' });
  const commands: SyncCommand[] = [];
  let tell: (event: SyncEvent) => void = () => undefined;
  tryAgainWhenRoomIsMade({
    engine: {
      run: async (command) => void commands.push(command),
      onEvent: (listener) => {
        tell = listener;
      },
    },
    places: () => [
      { place: { pairId: 'full', report } },
      { place: { pairId: 'films', report: new FolderReport() } },
    ],
    log: silentLog,
  });
  tell(state('films', 'idle'));
  tell(gone('films'));
  tell(state('full', 'idle'));
  tell(state('films', 'syncing'));
  expect(commands).toEqual([]);
  tell(state('films', 'idle'));
  tell(state('films', 'idle'));
  expect(commands).toEqual([{ type: 'retry', pair: 'full', path: 'big.iso' }]);
});
