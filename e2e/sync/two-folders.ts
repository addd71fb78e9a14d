import { expect } from 'vitest';
import type { Computer, Rig } from './rig.ts';

/** A computer with two folders in sync; for the tests of which folders are wanted here. */
export async function twoFolders(rig: Rig, options: Parameters<Rig['computer']>[1] = {}): Promise<Computer> {
  const desk = rig.computer('desk', options);
  for (const path of ['Plans/one.txt', 'Plans/Old/two.txt', 'Notes/three.txt']) desk.write(path, path);
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
  return desk;
}

/** What is in them. */
export const both = {
  Notes: '/',
  'Notes/three.txt': 'Notes/three.txt',
  Plans: '/',
  'Plans/Old': '/',
  'Plans/Old/two.txt': 'Plans/Old/two.txt',
  'Plans/one.txt': 'Plans/one.txt',
};

/** What is here when only one of them is wanted. */
export const notes = { Notes: '/', 'Notes/three.txt': 'Notes/three.txt' };
