import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catchLinks, type Links } from './links.ts';

let folder: string;
let links: Links;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traboule-links-'));
  links = await catchLinks(folder);
});

afterEach(async () => {
  links.close();
  await rm(folder, { recursive: true });
});

function open(link: string): void {
  execFileSync('xdg-open', [link], { env: { ...process.env, ...links.env } });
}

test('a link that a program opens goes to who waits for it', async () => {
  const granted = links.next((link) => link.includes('/flow'), 5000);
  open('http://127.0.0.1:1/help');
  open('http://127.0.0.1:1/flow?a=1&b=2');
  await expect(granted).resolves.toBe('http://127.0.0.1:1/flow?a=1&b=2');
});

test('a link that came before anyone waited is not lost', async () => {
  open('http://127.0.0.1:1/first');
  await expect(links.next((link) => link.endsWith('first'), 5000)).resolves.toContain('first');
});

test('waiting ends with an error', async () => {
  await expect(links.next(() => true, 50)).rejects.toThrow('no link was opened within 50 ms');
});
