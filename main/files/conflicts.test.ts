import { mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Conflict, ConflictFacts } from '../../preload/contract/files.ts';
import { LocalFailure } from '../sync/model/failures.ts';
import { Conflicts, type Decision } from './conflicts.ts';
import { FolderReport } from './folder-report.ts';
import { Keepsakes } from './keepsakes.ts';

const SALON = '!s:m.example';
const COPY = 'plan (copie en conflit).txt';
const never = new AbortController().signal;
let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'conflicts-'));
  folder = join(base, 'folder');
  await mkdir(folder);
  await writeFile(join(folder, 'plan.txt'), 'of the server\nsame\n');
  await writeFile(join(folder, COPY), 'of this PC\nsame\n');
});
afterEach(() => rm(base, { recursive: true }));

function rig(
  trash = (path: string) => rename(path, join(base, 'trashed')),
  keepsakes = new Keepsakes(join(base, 'undo')),
) {
  const report = new FolderReport();
  report.addConflict({ path: 'plan.txt', copyPath: COPY, at: 1 });
  const forgotten: string[] = [];
  const recalled: Conflict[] = [];
  const conflicts = new Conflicts({
    folders: {
      placeOf: () => ({ pairId: 'p', localDir: folder, remotePath: '/Salons/Quais', unwanted: [], report }),
      conflicts: {
        forget: async (_salon, copyPath) => void forgotten.push(copyPath),
        recall: async (_salon, conflict) => void recalled.push(conflict),
      },
    },
    authors: { ofFile: async () => ({ author: { kind: 'other', name: 'Karim Morel' }, at: 1 }) },
    keepsakes,
    trash,
  });
  /** What the person sees, then decides. */
  const seen = async (keep: 'here' | 'there'): Promise<Decision> => {
    const { there, here } = await conflicts.facts(SALON, COPY, never);
    return { keep, there: there?.seen ?? null, here: here?.seen ?? null };
  };
  const settle = async (keep: 'here' | 'there') => conflicts.settle(SALON, COPY, await seen(keep));
  return { conflicts, forgotten, recalled, seen, settle };
}
const text = (name: string) => readFile(join(folder, name), 'utf8');
const names = async () => (await readdir(folder)).toSorted();

it('shows a version as a picture, of conflicts that are known only', async () => {
  const { conflicts } = rig();
  await writeFile(join(folder, COPY), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const picture = await conflicts.picture(SALON, COPY, 'here');
  expect(picture?.type).toBe('image/svg+xml');
  expect(new TextDecoder().decode(picture?.bytes)).toContain('<svg');
  expect(await conflicts.picture(SALON, COPY, 'there')).toBeNull();
  const other = conflicts.picture(SALON, 'plan.txt', 'here');
  await expect(other).rejects.toMatchObject({ about: 'not-found.file' });
});

describe('a file in two versions', () => {
  it('is shown with size, time, author and what differs', async () => {
    await utimes(join(folder, COPY), 1_700_000_000, 1_700_000_000);
    const facts = ConflictFacts.parse(await rig().conflicts.facts(SALON, COPY, never));
    expect(facts.there).toMatchObject({
      kind: 'file',
      size: 19,
      author: { kind: 'other', name: 'Karim Morel' },
    });
    expect(facts.here).toMatchObject({ author: { kind: 'you' }, modifiedAt: 1_700_000_000_000 });
    expect(facts.difference).toEqual({
      kind: 'lines',
      parts: [
        { side: 'there', lines: ['of the server'] },
        { side: 'here', lines: ['of this PC'] },
        { side: 'both', lines: ['same'] },
      ],
      isCut: false,
    });
  });

  it('says beforehand whether the version that goes can come back in one click', async () => {
    const canUndo = async () => (await rig().conflicts.facts(SALON, COPY, never)).canUndo;
    expect(await canUndo()).toBe(true);
    await truncate(join(folder, COPY), 300 * 1024 * 1024);
    expect(await canUndo()).toBe(true);
    const elsewhere = new (class extends Keepsakes {
      override canKeep = (file: Parameters<Keepsakes['canKeep']>[0]) =>
        super.canKeep({ ...file, device: file.device + 1n });
    })(join(base, 'undo'));
    const { conflicts } = rig(undefined, elsewhere);
    expect(await conflicts.facts(SALON, COPY, never)).toMatchObject({ canUndo: false });
    await rm(join(folder, COPY));
    await mkdir(join(folder, COPY));
    expect(await canUndo()).toBe(false);
  });

  it('is shown also when one version is gone, or is a folder', async () => {
    const { conflicts } = rig();
    await rm(join(folder, 'plan.txt'));
    expect(await conflicts.facts(SALON, COPY, never)).toMatchObject({
      there: null,
      difference: { kind: 'none', why: 'missing' },
    });
    await mkdir(join(folder, 'plan.txt'));
    expect(await conflicts.facts(SALON, COPY, never)).toMatchObject({ there: { kind: 'folder' } });
  });
});

describe('settling a conflict', () => {
  it('puts what is not kept into the trash', async () => {
    const here = rig();
    await here.settle('here');
    expect(await names()).toEqual(['plan.txt']);
    expect([await text('plan.txt'), await readFile(join(base, 'trashed'), 'utf8')]).toEqual([
      'of this PC\nsame\n',
      'of the server\nsame\n',
    ]);
    expect(here.forgotten).toEqual([COPY]);
  });

  it('leaves both where they are when both are kept', async () => {
    const here = rig(() => Promise.reject(new Error('nothing may be thrown away')));
    await here.conflicts.settle(SALON, COPY, { keep: 'both' });
    expect(await names()).toEqual([COPY, 'plan.txt']);
    expect(here.forgotten).toEqual([COPY]);
  });

  it.each(['plan.txt', COPY])('does nothing when %s was written to since the person looked', async (name) => {
    const here = rig(() => Promise.reject(new Error('nothing may be thrown away')));
    const decision = await here.seen('here');
    await writeFile(join(folder, name), 'written meanwhile.');
    await expect(here.conflicts.settle(SALON, COPY, decision)).rejects.toMatchObject({
      about: 'changed.file',
    });
    expect(await text(name)).toBe('written meanwhile.');
    expect(here.forgotten).toEqual([]);
  });

  it('does nothing when a version went or came since the person looked', async () => {
    const here = rig(() => Promise.reject(new Error('nothing may be thrown away')));
    const decision = await here.seen('there');
    await rm(join(folder, 'plan.txt'));
    await expect(here.conflicts.settle(SALON, COPY, decision)).rejects.toMatchObject({
      about: 'changed.file',
    });
    expect(await text(COPY)).toBe('of this PC\nsame\n');
  });

  it.each(['file', 'folder'])('never leaves the name without a %s', async (kind) => {
    if (kind === 'folder') {
      await rm(join(folder, 'plan.txt'));
      await mkdir(join(folder, 'plan.txt'));
    }
    const here = rig(async (path) => {
      expect(await text('plan.txt')).toBe('of this PC\nsame\n');
      await rename(path, join(base, 'trashed'));
    });
    await here.settle('here');
    expect(await names()).toEqual(['plan.txt']);
  });

  it('never replaces what comes to a name that was free', async () => {
    await rm(join(folder, 'plan.txt'));
    const here = rig();
    const decision = await here.seen('here');
    await writeFile(join(folder, 'plan.txt'), 'just downloaded');
    await expect(here.conflicts.settle(SALON, COPY, decision)).rejects.toMatchObject({
      about: 'changed.file',
    });
    expect([await text('plan.txt'), await text(COPY)]).toEqual(['just downloaded', 'of this PC\nsame\n']);
    expect(here.forgotten).toEqual([]);
  });

  it('keeps what was chosen when the answer is given twice at once', async () => {
    const here = rig();
    const decision = await here.seen('here');
    const answers = await Promise.allSettled([1, 2].map(() => here.conflicts.settle(SALON, COPY, decision)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await text('plan.txt')).toBe('of this PC\nsame\n');
    expect(await readFile(join(base, 'trashed'), 'utf8')).toBe('of the server\nsame\n');
  });

  it.each(['file', 'folder'])(
    'leaves the name to a %s when the other version can’t take it',
    async (kind) => {
      if (kind === 'folder') {
        await rm(join(folder, 'plan.txt'));
        await mkdir(join(folder, 'plan.txt'));
      }
      // The other version goes in the last moment.
      const keepsakes = new (class extends Keepsakes {
        override keep = async () => {
          await rm(join(folder, COPY));
          return null;
        };
      })(join(base, 'undo'));
      const here = rig(() => Promise.reject(new Error('nothing may be thrown away')), keepsakes);
      await expect(here.settle('here')).rejects.toMatchObject({ about: 'not-found.file' });
      expect(await names()).toEqual(['plan.txt']);
      expect(here.forgotten).toEqual([]);
    },
  );

  it('says what the disk said when nothing can be thrown away, and changes nothing', async () => {
    const here = rig(() => Promise.reject(new LocalFailure('inUse')));
    for (const keep of ['here', 'there'] as const)
      await expect(here.settle(keep)).rejects.toMatchObject({ about: 'in-use.file' });
    expect(await names()).toEqual([COPY, 'plan.txt']);
    expect(here.forgotten).toEqual([]);
  });

  it('knows no other conflicts than the listed ones', async () => {
    await expect(rig().conflicts.settle(SALON, 'plan.txt', { keep: 'both' })).rejects.toMatchObject({
      about: 'not-found.file',
    });
  });
});

describe('undoing a settled conflict', () => {
  it.each(['here', 'there'] as const)('brings both versions back, whichever was kept: %s', async (keep) => {
    const here = rig();
    const times = [1_600_000_000, 1_700_000_000] as const;
    await utimes(join(folder, 'plan.txt'), times[0], times[0]);
    await utimes(join(folder, COPY), times[1], times[1]);
    const undo = await here.settle(keep);
    await here.conflicts.undo(undo ?? '');
    expect(await names()).toEqual([COPY, 'plan.txt']);
    expect([await text('plan.txt'), await text(COPY)]).toEqual([
      'of the server\nsame\n',
      'of this PC\nsame\n',
    ]);
    const again = await here.conflicts.facts(SALON, COPY, never);
    expect([again.there?.modifiedAt, again.here?.modifiedAt]).toEqual(times.map((time) => time * 1000));
    expect(here.recalled).toEqual([{ path: 'plan.txt', copyPath: COPY, at: 1 }]);
    expect(await readdir(join(base, 'undo'))).toEqual([]);
  });

  it('lists it again when both were kept', async () => {
    const here = rig();
    const undo = await here.conflicts.settle(SALON, COPY, { keep: 'both' });
    await here.conflicts.undo(undo ?? '');
    expect(here.recalled).toHaveLength(1);
  });

  it('leaves alone what was written since', async () => {
    const here = rig();
    const undo = await here.settle('here');
    await writeFile(join(folder, 'plan.txt'), 'gone on with');
    await expect(here.conflicts.undo(undo ?? '')).rejects.toMatchObject({ about: 'changed.file' });
    expect(await names()).toEqual(['plan.txt']);
    expect(await text('plan.txt')).toBe('gone on with');
    expect(here.recalled).toEqual([]);
  });

  it('says that the file is gone when somebody removed it since', async () => {
    const here = rig();
    const undo = await here.settle('here');
    await rm(join(folder, 'plan.txt'));
    await expect(here.conflicts.undo(undo ?? '')).rejects.toMatchObject({ about: 'not-found.file' });
    expect(await names()).toEqual([]);
    expect(here.recalled).toEqual([]);
  });

  it('replaces nothing that took the place of the copy', async () => {
    const here = rig();
    const undo = await here.settle('there');
    await writeFile(join(folder, COPY), 'another');
    await expect(here.conflicts.undo(undo ?? '')).rejects.toMatchObject({ about: 'changed.file' });
    expect(await text(COPY)).toBe('another');
    expect(await names()).toEqual([COPY, 'plan.txt']);
  });

  it('leaves the name to who has it when the other version can’t come back', async () => {
    // What is put back is gone at once, as when another program takes it away.
    const { conflicts, settle } = rig(
      undefined,
      new (class extends Keepsakes {
        override putBack = async () => undefined;
      })(join(base, 'undo')),
    );
    const id = (await settle('here')) ?? '';
    await expect(conflicts.undo(id)).rejects.toMatchObject({ about: 'not-found.file' });
    expect(await names()).toEqual(['plan.txt']);
    expect(await text('plan.txt')).toBe('of this PC\nsame\n');
  });

  it('is possible once, and not after the end', async () => {
    const here = rig();
    const undo = (await here.settle('there')) ?? '';
    await here.conflicts.close();
    await expect(here.conflicts.undo(undo)).rejects.toMatchObject({ about: 'changed.file' });
    await expect(readdir(join(base, 'undo'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
