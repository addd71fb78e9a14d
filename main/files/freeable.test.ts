import { describe, expect, it } from 'vitest';
import type { FolderWeight } from '../sync/api.ts';
import { EngineError } from './engine.ts';
import { FolderReport } from './folder-report.ts';
import { choicesOf, freeable } from './freeable.ts';

const weight = (path: string, bytes: number, unsent = 0): FolderWeight => ({ path, files: 1, bytes, unsent });

const folder = (pairId: string, unwanted: readonly string[] = []) => ({
  salonId: `!${pairId}:x`,
  place: { pairId, localDir: '/', remotePath: '/x', unwanted, report: new FolderReport() },
});

describe('what could leave this PC', () => {
  it('begins with the largest of which everything is online', async () => {
    const weights: Readonly<Record<string, readonly FolderWeight[]>> = {
      a: [weight('', 1), weight('Plans', 50), weight('Films', 900, 2)],
      b: [weight('', 0), weight('Photos', 300), weight('Empty', 0)],
    };
    const { folders, freeBytes } = await freeable({
      engine: { run: async (command) => ('pair' in command ? weights[command.pair] : null) },
      place: '/',
      folders: [folder('a'), folder('b')],
    });
    expect(folders.map(({ salonId, path }) => salonId + path)).toEqual([
      '!b:xPhotos',
      '!a:xPlans',
      '!a:xFilms',
    ]);
    expect(freeBytes).toBeGreaterThan(0);
  });

  it('is not asked of what is online only, and does without a folder that can not be told about', async () => {
    const asked: unknown[] = [];
    const engine = {
      run: async (command: unknown) => {
        asked.push(command);
        throw new EngineError('died', '');
      },
    };
    const folders = [folder('a', ['']), folder('b')];
    expect(await freeable({ engine, place: '/', folders })).toMatchObject({ folders: [] });
    expect(asked).toEqual([{ type: 'weigh', pair: 'b' }]);
    await expect(freeable({ engine, place: null, folders })).rejects.toMatchObject({
      about: 'not-found.place',
    });
  });

  it('is all of a folder when most of it is in none of its own', () => {
    expect(choicesOf([weight('', 700), weight('Plans', 100, 1)])).toEqual([
      { path: '', files: 2, bytes: 800, unsent: 1 },
    ]);
    expect(choicesOf([weight('', 0)])).toEqual([]);
  });
});
