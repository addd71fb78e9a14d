import { expect, test } from 'vitest';
import {
  type Change,
  knownFile,
  knownFolder,
  leavingFile,
  leavingFolder,
  leavingNewFile,
  leavingNewFolder,
  type Novelty,
  newFile,
} from './table.ts';

const changes: readonly Change[] = ['same', 'changed', 'gone', 'unknown'];
const novelties: readonly Novelty[] = ['absent', 'new', 'unknown'];

/** The pairs of changes that have a fate: server's first. */
function pairsOf(fate: string): string[] {
  return changes.flatMap((remote) =>
    changes.filter((local) => knownFile[remote][local] === fate).map((local) => `${remote} ${local}`),
  );
}

test('a version that only one side has is never removed', () => {
  expect(pairsOf('removeLocal')).toEqual(['gone same']);
  expect(pairsOf('removeRemote')).toEqual(['same gone']);
  expect(pairsOf('forget')).toEqual(['gone gone']);
  expect(pairsOf('resolve')).toEqual(['changed changed']);
});

test('nothing is concluded about what could not be looked at', () => {
  for (const change of changes) {
    expect(knownFile[change].unknown).toBe('wait');
    expect(knownFile.unknown[change]).toBe('wait');
  }
  for (const novelty of novelties) {
    expect(newFile[novelty].unknown).toBe('wait');
    expect(newFile.unknown[novelty]).toBe('wait');
  }
  expect(knownFolder.unknown.gone).toBe('wait');
  expect(knownFolder.gone.unknown).toBe('wait');
});

test('what both sides made is compared, and what one made goes to the other', () => {
  expect(newFile.new.new).toBe('resolve');
  expect(newFile.new.absent).toBe('download');
  expect(newFile.absent.new).toBe('upload');
});

test('nothing is removed on the server because it left this computer, or because a folder leaves', () => {
  const fates = [leavingFile, leavingNewFile, leavingFolder, leavingNewFolder].flatMap((table) =>
    Object.values(table).flatMap((row) => Object.values(row)),
  );
  expect(fates).toHaveLength(16 + 9 + 9 + 9);
  expect(fates).not.toContain('removeRemote');
});

test('what leaves is on the server, and nothing comes into a folder that leaves', () => {
  for (const change of changes) {
    expect(leavingFile.gone[change]).not.toBe('evict');
    expect(leavingFile.unknown[change]).not.toBe('evict');
    for (const local of changes) expect(leavingFile[change][local]).not.toBe('download');
  }
  expect(leavingFile.same.changed).toBe('upload');
  expect(leavingNewFile.absent.new).toBe('upload');
  expect(leavingNewFile.new.absent).toBe('leaveThere');
});
