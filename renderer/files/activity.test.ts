import { describe, expect, it } from 'vitest';
import { calmOverview, firstRunOverview, onlineOnlyOverview } from '../../e2e/gallery/world/files.ts';
import type { SalonFolder } from '../../preload/contract/files.ts';
import { activityOf, sizeOf } from './activity.ts';

const [folder] = calmOverview.folders;
const syncing = (bytesDone: number, bytesTotal: number, bytesPerSecond: number): SalonFolder['activity'] => ({
  state: 'syncing',
  filesLeft: 1,
  bytesDone,
  bytesTotal,
  bytesPerSecond,
  secondsLeft: null,
});
const folderWith = (more: Partial<SalonFolder>): SalonFolder => {
  if (!folder) throw new Error('the gallery has no folder');
  return { ...folder, ...more };
};

describe('the time that is left', () => {
  it('is that of all folders at the speed of all, also while one of them does not flow', () => {
    const folders = [
      folderWith({ activity: syncing(0, 600, 20) }),
      folderWith({ activity: syncing(100, 200, 0) }),
      folderWith({}),
    ];
    expect(activityOf(folders)).toMatchObject({ filesLeft: 2, bytesTotal: 800, secondsLeft: 35 });
  });

  it('is not guessed before anything flows', () => {
    expect(activityOf([folderWith({ activity: syncing(0, 600, 0) })]).secondsLeft).toBeNull();
    expect(activityOf([]).secondsLeft).toBeNull();
  });
});

describe('the size of a folder', () => {
  it('is counted where it is, told by what is to come before, and not made up', () => {
    expect(sizeOf(folderWith({ fileCount: 3, byteCount: 9 }))).toEqual({ is: 'counted', files: 3, bytes: 9 });
    expect(sizeOf(folderWith({ fileCount: 0, byteCount: 0 }))).toEqual({ is: 'counted', files: 0, bytes: 0 });
    expect(firstRunOverview.folders.map(sizeOf).map(({ is }) => is)).toEqual(Array(4).fill('coming'));
    expect(onlineOnlyOverview.folders.map(sizeOf)).toContainEqual({ is: 'online-only' });
    const looks = folderWith({ fileCount: 0, activity: { state: 'scanning' } });
    expect(sizeOf(looks)).toEqual({ is: 'unknown' });
  });
});
