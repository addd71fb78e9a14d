import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actOfStart } from '../../../main/shell/start-arguments.ts';
import { lyon } from '../fixtures/products.ts';
import { metainfo } from './appstream.ts';
import { control } from './deb.ts';
import { autostartScript, menuEntry } from './desktop-files.ts';
import { spec } from './rpm.ts';

describe('what a Linux desktop is told', () => {
  it('opens the links of the brand', () => {
    expect(menuEntry(lyon, '/opt/x')).toMatch(
      /^Exec=\/opt\/x %U$[^]*^MimeType=x-scheme-handler\/ensemble;$/m,
    );
  });

  it('offers on the icon what Windows offers there, in both languages', () => {
    const text = menuEntry(lyon, '/opt/x');
    expect(text).toMatch(/^Actions=search;new-salon;show-files;toggle-quiet;$/m);
    expect(text.split('\n\n')).toContain(
      '[Desktop Action search]\nName=New message\nName[fr]=Nouveau message\nExec=/opt/x --act=search',
    );
    expect(text.match(/^\[Desktop Action /gm)).toHaveLength(4);
    for (const act of text.matchAll(/--act=(.*)$/gm))
      expect(actOfStart([act[0]], lyon.scheme)).not.toEqual({ kind: 'open', opening: null });
  });

  it('keeps a name from adding lines or marks of its own', () => {
    expect(menuEntry({ ...lyon, name: 'A\nExec=evil' }, '/opt/x')).toMatch(/^Name=A\\nExec=evil$/m);
    expect(metainfo({ ...lyon, name: '<b>A</b>' }, '2026-11-28')).toContain(
      '<name>&lt;b&gt;A&lt;/b&gt;</name>',
    );
    expect(spec(lyon, 'fast')).toContain('at 100 %%.');
  });

  it('sorts a version before its release', () => {
    expect(control(lyon, 1)).toContain('Version: 1.2.0~beta.1\n');
    expect(spec(lyon, 'small')).toContain('Version: 1.2.0~beta.1\n');
  });
});

describe('the start with a session', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'autostart-'));
    writeFileSync(join(folder, 'program'), `#!/bin/sh\necho "$@" > '${folder}/said'\n`);
    chmodSync(join(folder, 'program'), 0o755);
    writeFileSync(join(folder, 'said'), 'nothing');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const said = (policy: string | Buffer | null): string => {
    const file = join(folder, 'policy.json');
    if (policy !== null) writeFileSync(file, policy);
    writeFileSync(join(folder, 'autostart'), autostartScript(file, join(folder, 'program')));
    execFileSync('sh', [join(folder, 'autostart')]);
    return readFileSync(join(folder, 'said'), 'utf8').trim();
  };

  it('is only where the policy says so', () => {
    expect(said(null)).toBe('nothing');
    expect(said('{"autostart": false, "theme": "dark"}')).toBe('nothing');
    expect(said('not json')).toBe('nothing');
    expect(said('{\n  "theme": "dark",\n  "autostart" : true\n}')).toBe('--hidden');
  });

  it('is also where an editor wrote the policy in UTF-16, as the program reads it too', () => {
    expect(said(Buffer.from('\ufeff{ "autostart": false }', 'utf16le'))).toBe('nothing');
    expect(said(Buffer.from('\ufeff{\r\n "autostart": true\r\n}', 'utf16le'))).toBe('--hidden');
  });
});
