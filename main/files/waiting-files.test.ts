import { expect, test } from 'vitest';
import type { Waiting } from '../sync/api.ts';
import { EngineError } from './engine.ts';
import { waitingFiles } from './waiting-files.ts';

const waiting = (count: number, path: string): Waiting => ({
  count,
  bytes: count * 10,
  files: Array.from({ length: Math.min(count, 20) }, (_, at) => ({
    path: `${path} ${at}`,
    action: at === 0 ? 'upload' : 'download',
    bytes: 10,
  })),
});
const places = () => ['a', 'b', 'dead'].map((pairId) => ({ salonId: `!${pairId}:x`, place: { pairId } }));

test('what waits in all folders is counted, and what comes next is named', async () => {
  const run = async (command: { readonly type: string; readonly pair?: string }) => {
    if (command.pair === 'dead') throw new EngineError('died', '');
    return waiting(command.pair === 'a' ? 3 : 240, command.pair ?? '');
  };
  const { files, count, bytes } = await waitingFiles({ engine: { run }, places });
  expect([count, bytes, files.length]).toEqual([243, 2430, 20]);
  expect(files.slice(0, 4)).toEqual([
    { salonId: '!a:x', path: 'a 0', direction: 'up', bytes: 10 },
    { salonId: '!a:x', path: 'a 1', direction: 'down', bytes: 10 },
    { salonId: '!a:x', path: 'a 2', direction: 'down', bytes: 10 },
    { salonId: '!b:x', path: 'b 0', direction: 'up', bytes: 10 },
  ]);
});
