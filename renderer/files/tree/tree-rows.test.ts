import { describe, expect, it } from 'vitest';
import { folder } from '../../../e2e/gallery/world/files.ts';
import type { FolderEntry } from '../../../preload/contract/files.ts';
import type { AuthorsByPath } from '../../salons/stores/folder-authors.ts';
import type { Listing } from '../../salons/stores/folders-store.ts';
import { nameOf, treeAct, typedTo } from './tree-keys.ts';
import { isAway, rowKey, type TreeRow, treeRows } from './tree-rows.ts';

const A = '!a:m.example';
const B = '!b:m.example';
const entry = (path: string, kind: 'file' | 'folder' = 'file'): FolderEntry => ({
  path,
  kind,
  size: 1,
  fileCount: 0,
  modifiedAt: null,
  state: 'synced',
});
const LISTINGS: Readonly<Record<string, Listing>> = {
  [rowKey(A, '')]: {
    entries: [entry('b.pdf'), entry('a10.pdf'), entry('Études', 'folder'), entry('a9.pdf')],
    error: null,
  },
  [rowKey(A, 'Études')]: { entries: [], error: null },
};
const AUTHORS: AuthorsByPath = new Map(
  ['a9.pdf', 'b.pdf'].map((path) => [path, { path, author: { kind: 'you' }, at: 1 }]),
);
const nothing: Listing = { entries: null, error: null };
const rowsOf = (...expanded: string[]) =>
  treeRows([folder(A, 'Quais'), folder(B, 'Parc')], new Set(expanded), (salonId, path) => ({
    listing: LISTINGS[rowKey(salonId, path)] ?? nothing,
    authors: AUTHORS,
  }));
const names = (rows: readonly TreeRow[]) =>
  rows.map((row) => (row.kind === 'note' ? row.note : row.kind === 'salon' ? row.folder.name : row.name));

describe('the lines of the tree', () => {
  it('are the salons alone while none is expanded', () => {
    expect(names(rowsOf())).toEqual(['Quais', 'Parc']);
  });

  it('have folders before files, and numbers in names by their size', () => {
    const rows = rowsOf(rowKey(A, ''));
    expect(names(rows)).toEqual(['Quais', 'Études', 'a9.pdf', 'a10.pdf', 'b.pdf', 'Parc']);
    expect(rows[2]).toMatchObject({ level: 2, position: 2, count: 4, expanded: null });
  });

  it('tell what is not kept on this PC, down to the files in it', () => {
    const away = (path: string, kind: 'file' | 'folder'): FolderEntry => ({
      ...entry(path, kind),
      state: 'online-only',
    });
    const listings: Readonly<Record<string, readonly FolderEntry[]>> = {
      '': [away('Vidéos', 'folder'), entry('Plans', 'folder'), away('arrives.mp4', 'file')],
      Vidéos: [away('Vidéos/a.mp4', 'file'), { ...entry('Vidéos/leaves.mp4'), state: 'waiting' }],
    };
    const folders = [
      { ...folder(A, 'Quais'), unwanted: ['Vidéos'] },
      { ...folder(B, 'Parc'), unwanted: [''] },
    ];
    const rows = treeRows(folders, new Set([rowKey(A, ''), rowKey(A, 'Vidéos')]), (_, path) => ({
      listing: { entries: listings[path] ?? [], error: null },
      authors: new Map(),
    }));
    expect(rows.flatMap((row) => (row.kind !== 'note' && isAway(row) ? [nameOf(row)] : []))).toEqual([
      'Vidéos',
      'a.mp4',
      'Parc',
    ]);
  });

  it('name who changed a file last, but not while its last change is here alone', () => {
    const waiting: FolderEntry = { ...entry('b.pdf'), state: 'waiting' };
    const listing: Listing = { entries: [entry('a9.pdf'), waiting], error: null };
    const rows = treeRows([folder(A, 'Quais')], new Set([rowKey(A, '')]), () => ({
      listing,
      authors: AUTHORS,
    }));
    expect(rows).toMatchObject([
      {},
      { name: 'a9.pdf', author: { kind: 'you' } },
      { name: 'b.pdf', author: null },
    ]);
  });

  it('say what is empty, what is still coming, and what can not be had', () => {
    expect(names(rowsOf(rowKey(A, ''), rowKey(A, 'Études')))).toContain('empty');
    expect(names(rowsOf(rowKey(B, '')))).toEqual(['Quais', 'Parc', 'loading']);
    const failed: Listing = {
      entries: null,
      error: { code: 'internal', messageKey: 'errors:internal.unexpected', details: {}, retryable: true },
    };
    const rows = treeRows([folder(A, 'Quais')], new Set([rowKey(A, '')]), () => ({
      listing: failed,
      authors: AUTHORS,
    }));
    expect(names(rows)).toEqual(['Quais', 'failed']);
  });

  it('say that there is more than the 5,000 that are shown', () => {
    const many: Listing = { entries: Array.from({ length: 5000 }, (_, n) => entry(`${n}.txt`)), error: null };
    const rows = treeRows([folder(A, 'Quais')], new Set([rowKey(A, '')]), () => ({
      listing: many,
      authors: AUTHORS,
    }));
    expect(rows).toHaveLength(5002);
    expect(rows.at(-1)).toMatchObject({ kind: 'note', note: 'more' });
  });
});

describe('the keys of the tree', () => {
  const rows = rowsOf(rowKey(A, ''), rowKey(A, 'Études'));
  const press = (key: string, at: number) => treeAct(key, rows, at);

  it('go up and down and stop at both ends', () => {
    expect(press('ArrowDown', 0)).toEqual({ act: 'go', to: 1 });
    expect(press('ArrowUp', 0)).toEqual({ act: 'go', to: 0 });
    expect(press('End', 0)).toEqual({ act: 'go', to: rows.length - 1 });
    expect(press('PageDown', 2)).toEqual({ act: 'go', to: rows.length - 1 });
    expect(press('Home', 4)).toEqual({ act: 'go', to: 0 });
  });

  it('go in and out: right opens, then enters; left closes, then leaves', () => {
    const closed = rowsOf();
    expect(treeAct('ArrowRight', closed, 0)).toEqual({ act: 'expand' });
    expect(press('ArrowRight', 0)).toEqual({ act: 'go', to: 1 });
    expect(press('ArrowLeft', 0)).toEqual({ act: 'collapse' });
    expect(press('ArrowLeft', 3)).toEqual({ act: 'go', to: 0 });
    expect(press('ArrowLeft', 2)).toEqual({ act: 'go', to: 1 });
    expect(press('ArrowRight', 3)).toBeNull();
    expect(treeAct('ArrowLeft', closed, 1)).toBeNull();
  });

  it('open a line with Enter, but not one that only says something', () => {
    expect(press('Enter', 3)).toEqual({ act: 'open' });
    expect(press('Enter', 2)).toBeNull();
    expect(press('x', 3)).toBeNull();
    expect(treeAct('Enter', [], 0)).toBeNull();
  });

  it('jump to the next name that begins with what is typed, without accents and round the end', () => {
    expect(typedTo('a', rows, 3)).toBe(4);
    expect(typedTo('a', rows, 4)).toBe(3);
    expect(typedTo('a10', rows, 3)).toBe(4);
    expect(typedTo('etu', rows, 5)).toBe(1);
    expect(typedTo('zz', rows, 0)).toBeNull();
  });
});
