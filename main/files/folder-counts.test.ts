import { beforeEach, describe, expect, it } from 'vitest';
import type { SyncEvent } from '../sync/api.ts';
import { FolderCounts } from './folder-counts.ts';

const PLACE = { pairId: 'p', localDir: '/salon' };
const root = '/salon';
let walked: string[];
let now: number;
let files: number;
let tell: (event: SyncEvent) => void;
let counts: FolderCounts;

beforeEach(() => {
  [walked, now, files] = [[], 0, 1];
  const engine = {
    onEvent: (listener: (event: SyncEvent) => void) => {
      tell = listener;
    },
  };
  counts = new FolderCounts(
    engine,
    () => now,
    (folder) => {
      walked.push(folder.replaceAll('\\', '/').slice(root.length + 1));
      return Promise.resolve({ files, bytes: 10 * files });
    },
  );
});

const done = (path: string, from?: string): SyncEvent => ({
  type: 'item',
  pair: 'p',
  at: 0,
  phase: 'done',
  action: from === undefined ? 'download' : 'moveLocal',
  path,
  ...(from === undefined ? {} : { from }),
  bytesDone: 0,
  bytesTotal: 0,
});

describe('counting what lies below folders', () => {
  it('walks a folder once while nothing happens in it, however often it is listed', async () => {
    for (let times = 0; times < 5; times += 1) await counts.below(PLACE, 'Plans');
    tell(done('Courriers/a.odt'));
    now = 50_000;
    expect(await counts.below(PLACE, 'Plans')).toEqual({ files: 1, bytes: 10 });
    expect(walked).toEqual(['Plans']);
  });

  it('walks it once for those who ask at the same time', async () => {
    await Promise.all([counts.below(PLACE, 'Plans'), counts.below(PLACE, 'Plans')]);
    expect(walked).toEqual(['Plans']);
  });

  it('counts again after a rest when something came, at every level above it', async () => {
    await counts.below(PLACE, 'Plans');
    await counts.below(PLACE, 'Plans/Parvis');
    files = 2;
    tell(done('Plans/Parvis/a.pdf'));
    expect(await counts.below(PLACE, 'Plans')).toMatchObject({ files: 1 });
    now = 3000;
    expect(await counts.below(PLACE, 'Plans')).toMatchObject({ files: 2 });
    expect(await counts.below(PLACE, 'Plans/Parvis')).toMatchObject({ files: 2 });
    expect(walked).toEqual(['Plans', 'Plans/Parvis', 'Plans', 'Plans/Parvis']);
  });

  it('counts both the folder that a file left and the one it went to', async () => {
    for (const folder of ['A', 'B', 'C']) await counts.below(PLACE, folder);
    tell(done('A/x.txt', 'B/x.txt'));
    now = 3000;
    for (const folder of ['A', 'B', 'C']) await counts.below(PLACE, folder);
    expect(walked).toEqual(['A', 'B', 'C', 'A', 'B']);
  });

  it('is right at the end of a run without a rest', async () => {
    await counts.below(PLACE, 'Plans');
    files = 2;
    tell({ type: 'state', pair: 'other', at: 0, state: { kind: 'scanning' } });
    expect(await counts.below(PLACE, 'Plans')).toMatchObject({ files: 1 });
    tell({ type: 'state', pair: 'p', at: 0, state: { kind: 'scanning' } });
    expect(await counts.below(PLACE, 'Plans')).toMatchObject({ files: 2 });
  });

  it('looks again after a while when nobody tells of changes', async () => {
    await counts.below(PLACE, 'Plans');
    now = 60_000;
    await counts.below(PLACE, 'Plans');
    expect(walked).toHaveLength(2);
  });

  it('does not keep a failure', async () => {
    const failing = new FolderCounts(
      { onEvent: () => undefined },
      () => now,
      () => {
        walked.push('tried');
        return Promise.reject(new Error('EIO'));
      },
    );
    await expect(failing.below(PLACE, 'Plans')).rejects.toThrow('EIO');
    await expect(failing.below(PLACE, 'Plans')).rejects.toThrow('EIO');
    expect(walked).toHaveLength(2);
  });
});
