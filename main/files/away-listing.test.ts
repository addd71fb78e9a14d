import { expect, test } from 'vitest';
import { AppError } from '../contract/app-error.ts';
import { AwayListing } from './away-listing.ts';
import type { DavEntry } from './dav.ts';

const place = { pairId: 'p', localDir: '/x', remotePath: '/Salons/Quais', unwanted: [''], report: null };
const entry = (path: string, more: Partial<DavEntry> = {}): DavEntry => ({
  path,
  fileId: '1',
  isFolder: false,
  etag: '',
  permissions: '',
  uploadedAt: null,
  modifiedAt: 5,
  owner: null,
  size: 7,
  ...more,
});

function server() {
  const asked: string[] = [];
  let now = 0;
  let answer: readonly DavEntry[] | null | AppError = [
    entry('/Salons/Quais/Films', { isFolder: true }),
    entry('/Salons/Quais/Films/e\u0301te\u0301.mp4'),
    entry('/Salons/Quais/Films/Old', { isFolder: true, size: null }),
  ];
  const list = async (path: string) => {
    asked.push(path);
    if (answer instanceof AppError) throw answer;
    return answer;
  };
  return {
    asked,
    listing: new AwayListing(
      () => ({ list }),
      () => now,
    ),
    pass: (ms: number) => void (now += ms),
    answers: (next: typeof answer) => void (answer = next),
  };
}

test('what is online only is listed as the server has it, without the folder itself', async () => {
  const { listing } = server();
  expect(await listing.list(place, 'Films')).toEqual([
    { path: 'Films/été.mp4', kind: 'file', size: 7, fileCount: 0, modifiedAt: 5, state: 'online-only' },
    { path: 'Films/Old', kind: 'folder', size: 0, fileCount: 0, modifiedAt: null, state: 'online-only' },
  ]);
});

test('the server is not asked again and again while much is synced elsewhere', async () => {
  const { listing, asked, pass } = server();
  for (let times = 0; times < 10; times += 1) await listing.list(place, 'Films');
  expect(asked).toEqual(['/Salons/Quais/Films']);
  pass(31_000);
  await listing.list(place, 'Films');
  expect(asked).toHaveLength(2);
  await listing.list(place, '');
  expect(asked.at(-1)).toBe('/Salons/Quais');
});

test('a server that does not say is asked again at the next look', async () => {
  const { listing, asked, answers } = server();
  answers(new AppError('unreachable.files'));
  await expect(listing.list(place, 'Films')).rejects.toMatchObject({ about: 'unreachable.files' });
  answers(null);
  await expect(listing.list(place, 'Films')).rejects.toMatchObject({ about: 'not-found.folder' });
  answers([]);
  expect(await listing.list(place, 'Films')).toEqual([]);
  expect(asked).toHaveLength(3);
});
