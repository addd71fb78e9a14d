import { mkdtemp, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryText, keepEntry } from './autostart-entry.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autostart-'));
  file = join(folder, 'autostart', 'fr.traboule.desktop');
});
afterEach(() => rm(folder, { recursive: true }));

const entry = { name: 'ENSEMBLE', command: ['/opt/ENSEMBLE/ensemble', '--hidden'] };

describe('an autostart entry', () => {
  it('starts the program as its specification writes it', () => {
    expect(entryText(entry)).toBe(
      '[Desktop Entry]\nType=Application\nName=ENSEMBLE\nExec="/opt/ENSEMBLE/ensemble" "--hidden"\n' +
        'Terminal=false\nX-GNOME-Autostart-enabled=true\n',
    );
  });

  it('keeps every sign of a path, and lets none begin a line or a field code', () => {
    const command = ['/home/a b/$x`y"z\\100%.AppImage', 'line\nExec=evil'];
    const text = entryText({ name: 'a\nExec=evil', command });
    expect(text).toContain(
      String.raw`Exec="/home/a b/\\$x\\` + '`' + String.raw`y\\"z\\\\100%%.AppImage" "line\nExec=evil"`,
    );
    expect(text.match(/^Exec=/gm)).toHaveLength(1);
  });

  it('comes, stays untouched while it is right, changes and goes', async () => {
    await keepEntry(file, null);
    await keepEntry(file, entry);
    await utimes(file, 1000, 1000);
    await keepEntry(file, entry);
    expect((await stat(file)).mtimeMs).toBe(1_000_000);
    await keepEntry(file, { ...entry, command: ['/usr/bin/ensemble'] });
    expect(await readFile(file, 'utf8')).toContain('Exec="/usr/bin/ensemble"\n');
    await keepEntry(file, null);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });
});
