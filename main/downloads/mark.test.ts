import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { markFor, putMark } from './mark.ts';

const source = {
  url: 'https://agenda.example/plan.pdf',
  product: 'Traboule',
  at: Date.UTC(2026, 10, 28, 22, 0, 0),
  id: '5f0c8a34-0a51-4d4c-9a1e-0d2b6f1f9d11',
};
const zoneOf = (url: string): string => {
  const mark = markFor('win32', String.raw`C:\d\plan.pdf`, { ...source, url });
  if (mark.as !== 'stream') throw new Error('no stream');
  return mark.text;
};

describe('on Windows', () => {
  it('the stream beside the file names the zone of the internet and the address, as browsers write it', () => {
    expect(markFor('win32', String.raw`C:\d\plan.pdf`, source)).toEqual({
      as: 'stream',
      path: String.raw`C:\d\plan.pdf:Zone.Identifier`,
      text: '[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://agenda.example/plan.pdf\r\n',
    });
  });

  it('no secret of the address is written', () => {
    const text = zoneOf('https://ana:secret@agenda.example/plan.pdf?signature=abc#part');
    expect(text).toContain('HostUrl=https://agenda.example/plan.pdf\r\n');
    expect(text).not.toMatch(/secret|abc|part/);
  });

  it.each([
    ['blob:traboule://app/8a1b', 'about:internet'],
    ['data:text/plain,hello', 'about:internet'],
    ['blob:https://meet.example/8a1b', 'https://meet.example/'],
    ['nothing', 'about:internet'],
  ])('%s is told as %s', (url, told) => {
    expect(zoneOf(url)).toContain(`HostUrl=${told}\r\n`);
  });

  it('no address can add a line of its own', () => {
    expect(zoneOf('https://agenda.example/a\r\nZoneId=0').split('\r\n')).toHaveLength(4);
  });
});

it('on macOS the attribute says downloaded, when, by what, and which', () => {
  expect(markFor('darwin', '/Users/ana/plan.pdf', { ...source, product: 'Espaces; partenaires' })).toEqual({
    as: 'attribute',
    program: '/usr/bin/xattr',
    args: [
      '-w',
      'com.apple.quarantine',
      `0081;6a276460;Espaces  partenaires;${source.id}`.replace('6a276460', (source.at / 1000).toString(16)),
      '/Users/ana/plan.pdf',
    ],
  });
});

it('Linux has no mark that anything heeds', () => {
  expect(markFor('linux', '/home/ana/plan.pdf', source)).toEqual({ as: 'none' });
});

describe('putting it', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mark-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes the stream and leaves the content alone', async () => {
    const path = join(folder, 'plan.pdf');
    await writeFile(path, 'content');
    const mark = markFor('win32', path, source);
    await putMark(mark);
    expect(await readFile(path, 'utf8')).toBe('content');
    expect(await readFile(`${path}:Zone.Identifier`, 'utf8')).toContain('ZoneId=3');
  });

  it('runs the program with its arguments, each by itself', async () => {
    const path = join(folder, 'marked; $(touch no)');
    await putMark({ as: 'attribute', program: '/usr/bin/touch', args: [path] });
    expect(await readdir(folder)).toEqual(['marked; $(touch no)']);
  });

  it('tells when it could not', async () => {
    const mark = { as: 'stream', path: join(folder, 'nowhere', 'a:Zone.Identifier'), text: '' } as const;
    await expect(putMark(mark)).rejects.toThrow('ENOENT');
  });
});
