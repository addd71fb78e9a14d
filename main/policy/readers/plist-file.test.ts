import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plistFile } from './plist-file.ts';

const fixture = (name: string) => join(import.meta.dirname, '../testing/fixtures', name);
const written = {
  chatServer: 'https://chat.metropole.example',
  closeToTray: false,
  largestFile: 4000,
  uploadLimit: '50%',
  ignoredNames: ['*.pst', 'Été/'],
  startMuted: 'oui',
};

describe('managed preferences', () => {
  let file: string;
  beforeEach(async () => {
    file = join(await mkdtemp(join(tmpdir(), 'plist-')), 'fr.traboule.desktop.plist');
  });
  afterEach(async () => {
    await rm(join(file, '..'), { recursive: true });
  });
  const read = () => plistFile(file, 'machine').read();

  it.each(['xml.plist', 'binary.plist'])('are read from %s', async (name) => {
    await copyFile(fixture(name), file);
    expect(await read()).toEqual({ status: 'read', written });
  });

  it('are none where there is no file', async () => {
    expect(await read()).toEqual({ status: 'absent' });
  });

  it.each(['xml.plist', 'binary.plist'])('that end in the middle of %s are told of', async (name) => {
    const bytes = await readFile(fixture(name));
    await writeFile(file, bytes.subarray(0, bytes.length / 2));
    expect(await read()).toEqual({ status: 'unreadable', why: 'not-plist' });
  });

  it.each([
    ['nothing', ''],
    ['a list', '<plist version="1.0"><array><string>a</string></array></plist>'],
    ['HTML', '<!doctype html><html><body>502</body></html>'],
  ])('that are %s are told of', async (_name, text) => {
    await writeFile(file, text);
    expect(await read()).toEqual({ status: 'unreadable', why: 'not-plist' });
  });
});
