import { mkdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../../main/sync/cli/run-cli.ts';
import { Rig, treeOf, writeAged } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

interface Said {
  readonly code: number;
  readonly lines: string[];
}

async function say(args: readonly string[], environment: Record<string, string> = {}): Promise<Said> {
  const lines: string[] = [];
  const output = { line: (text: string) => lines.push(text), status: () => undefined };
  const code = await runCli({
    args,
    environment: {
      PASSWORD: rig.password('ana'),
      XDG_STATE_HOME: `${rig.base}/state`,
      LANG: 'fr_FR.UTF-8',
      ...environment,
    },
    output,
    errors: output,
    signal: new AbortController().signal,
  });
  return { code, lines };
}

function pairArgs(...more: string[]): string[] {
  const local = `${rig.base}/desk`;
  return ['--url', rig.server.url, '--user', 'ana', '--password-env', 'PASSWORD', '--local', local, ...more];
}

test('ends with 0 when both sides are equal, and says so in the person’s language', async () => {
  writeAged(`${rig.base}/desk/a.txt`, 'a', 60);
  expect(await say(pairArgs())).toEqual({
    code: 0,
    lines: ['↑ envoyé a.txt (1 octet)', 'Tout est à jour.'],
  });
  expect(await say(pairArgs(), { LANG: 'en_US.UTF-8' })).toEqual({
    code: 0,
    lines: ['Everything is in sync.'],
  });
});

test('asks one thing when nothing changed, and whose account it is once more after a run that ended badly', async () => {
  writeAged(`${rig.base}/desk/a.txt`, 'a', 60);
  await say(pairArgs());
  const asked = async (): Promise<string[]> => {
    rig.server.resetRequestLog();
    await say(pairArgs());
    return rig.server
      .requests()
      .map(({ method, path }) => `${method} ${path.replace(/^.*\/(ocs|files)\//, '$1/')}`);
  };
  expect(await asked()).toEqual(['PROPFIND files/ana']);
  writeAged(`${rig.base}/desk/.htaccess`, 'refused', 60);
  await say(pairArgs());
  rmSync(`${rig.base}/desk/.htaccess`);
  expect((await asked())[0]).toMatch(/^GET ocs\//);
  expect(await asked()).toEqual(['PROPFIND files/ana']);
});

test('leaves out what is larger than it is told, says so once, and refuses what is no size', async () => {
  writeAged(`${rig.base}/desk/a.bin`, new Uint8Array(3000), 60);
  const { code, lines } = await say(pairArgs('--max-size', '2,5kB'));
  expect(code).toBe(0);
  expect(lines).toEqual(['i a.bin : plus gros que la limite, laissé de côté', 'Tout est à jour.']);
  expect(await say(pairArgs('--max-size', '2.5kB'))).toEqual({ code: 0, lines: ['Tout est à jour.'] });
  expect(await rig.ana.tree()).toEqual({});
  for (const size of ['big', '5', '0kB', '50%']) {
    const refused = await say(pairArgs('--max-size', size));
    expect(refused.code).toBe(2);
    expect(refused.lines[0]).toBe(`--max-size ${size} n’est pas une taille.`);
  }
  expect((await say(pairArgs('--max-size', '3kB'))).lines[0]).toMatch(/a\.bin/);
});

test('keeps within the limits that it is given, and refuses what is no limit', async () => {
  writeAged(`${rig.base}/desk/a.bin`, new Uint8Array(600_000), 60);
  const began = performance.now();
  expect(await say(pairArgs('--limit-up', '0.3MB', '--limit-down', '50%'))).toMatchObject({ code: 0 });
  expect(performance.now() - began).toBeGreaterThan(1600);
  for (const limit of ['fast', '5', '9kB', '0%', '100%', '1GB']) {
    const { code, lines } = await say(pairArgs('--limit-down', limit));
    expect(code).toBe(2);
    expect(lines[0]).toBe(`--limit-down ${limit} n’est pas une limite.`);
  }
});

test('leaves out folders that are not wanted, takes them off this computer, and brings them back', async () => {
  for (const path of ['a.txt', 'Plans/b.txt']) writeAged(`${rig.base}/desk/${path}`, path, 60);
  await say(pairArgs());
  expect(await say(pairArgs('--exclude-folder', 'Plans'))).toMatchObject({
    code: 0,
    lines: expect.arrayContaining(['↓ désormais en ligne seulement : Plans/b.txt']),
  });
  expect(Object.keys(treeOf(`${rig.base}/desk`))).toEqual(['a.txt']);
  await say(pairArgs());
  expect(Object.keys(treeOf(`${rig.base}/desk`))).toEqual(['Plans', 'Plans/b.txt', 'a.txt']);
  expect(await say(pairArgs('--exclude-folder', '../else'))).toMatchObject({ code: 2 });
});

test('tells each event as one line of JSON where asked', async () => {
  writeAged(`${rig.base}/desk/a.txt`, 'a', 60);
  const { code, lines } = await say(pairArgs('--json'));
  const events = lines.map((line) => JSON.parse(line));
  expect(code).toBe(0);
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'item', phase: 'done', action: 'upload', path: 'a.txt' }),
  );
  expect(events.find(({ type }) => type === 'report')).toMatchObject({
    type: 'report',
    report: { outcome: 'inSync', uploaded: 1 },
  });
});

test('ends with 1 and a list when some items could not be synced', async () => {
  writeAged(`${rig.base}/desk/.htaccess`, 'refused', 60);
  const { code, lines } = await say(pairArgs());
  expect(code).toBe(1);
  expect(lines.at(-1)).toBe('  ✗ .htaccess : vous n’en avez pas le droit sur le serveur');
});

test('ends with 2 when it is asked for nonsense', async () => {
  expect((await say([])).code).toBe(2);
  expect((await say(pairArgs('--once', '--watch'))).code).toBe(2);
  expect((await say(pairArgs('--unheard-of'))).code).toBe(2);
  expect((await say(pairArgs(), { PASSWORD: '' })).lines[0]).toBe(
    'La variable d’environnement PASSWORD ne contient pas de mot de passe.',
  );
  expect(
    (await say(['--url', 'nowhere', '--user', 'a', '--local', 'b', '--password-env', 'PASSWORD'])).code,
  ).toBe(2);
});

test('takes no password in an address, and does not repeat it', async () => {
  const address = rig.server.url.replace('://', '://ana:geheim@');
  const said = await say(pairArgs('--url', address));
  expect(said.code).toBe(2);
  expect(said.lines.join()).toContain('--url contient un nom ou un mot de passe');
  expect(said.lines.join()).not.toContain('geheim');
});

test('ends with 3 when the server is not there or refuses to let in', async () => {
  expect((await say(pairArgs(), { PASSWORD: 'wrong' })).code).toBe(3);
  const nowhere = pairArgs().map((arg) => (arg === rig.server.url ? 'http://127.0.0.1:1' : arg));
  expect(await say(nowhere)).toEqual({ code: 3, lines: ['http://127.0.0.1:1: le serveur ne répond pas'] });
  rig.server.control.set({ maintenance: true });
  expect((await say(pairArgs())).code).toBe(3);
});

test('ends with 4 before it deletes much, and deletes nothing', async () => {
  for (const name of ['a', 'b', 'c', 'd']) writeAged(`${rig.base}/desk/${name}`, name, 60);
  await say(pairArgs());
  rmSync(`${rig.base}/desk`, { recursive: true });
  mkdirSync(`${rig.base}/desk`);
  const { code, lines } = await say(pairArgs());
  expect(code).toBe(4);
  expect(lines[0]).toMatch(/^Arrêt avant toute suppression/);
  expect(Object.keys(await rig.ana.tree())).toEqual(['a', 'b', 'c', 'd']);
});

test('explains itself in the person’s language, exit codes included', async () => {
  const french = await say(['--help']);
  expect(french.code).toBe(0);
  expect(french.lines.join('\n')).toMatch(/--json .*JSON[^]*Codes de sortie[^]*4 arrêt avant suppression/);
  const english = await say(['--help'], { LANG: 'en_US.UTF-8' });
  expect(english.lines.join('\n')).toMatch(/--json .*JSON[^]*Exit codes[^]*4 stopped before deleting/);
});
