import { expect, it } from 'vitest';
import { LocalFailure } from '../sync/model/failures.ts';
import { createTrash } from './trash.ts';

it.each(['win32', 'darwin'] as const)(
  'tells as a failure of the disk what the trash of %s refuses',
  async (platform) => {
    const thrown: string[] = [];
    const trash = createTrash(platform, async (path) => {
      if (path === 'open.docx') throw new Error('Failed to perform delete operation');
      thrown.push(path);
    });
    await trash('a.txt');
    await expect(trash('open.docx')).rejects.toBeInstanceOf(LocalFailure);
    expect(thrown).toEqual(['a.txt']);
  },
);
