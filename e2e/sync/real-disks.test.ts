import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endlessRoom } from '../../main/sync/ports/room.ts';
import { runCommand } from '../setup/command.ts';
import { type Computer, Rig, writeAged } from './rig.ts';

/**
 * What this machine allows: a small disk of memory is mounted by root only. Elsewhere each of these tests says so and
 * what stands for it, and `odd-disks.test.ts` tries the same through the engine's own port.
 */
const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
const canMount = isRoot && (await mayMount());
const program = new URL('../../main/sync/cli/main.ts', import.meta.url).pathname;

async function mayMount(): Promise<boolean> {
  const place = mkdtempSync(join(tmpdir(), 'traboule-mount-'));
  try {
    await runCommand('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]);
    await runCommand('umount', [place]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true });
  }
}

let rig: Rig;
let mounted: string[];
beforeEach(async () => {
  rig = await Rig.open();
  mounted = [];
});
afterEach(async () => {
  for (const place of mounted) await unmount(place);
  await rig.close();
});

async function mount(place: string, size: string): Promise<void> {
  mkdirSync(place, { recursive: true });
  await runCommand('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place]);
  mounted.push(place);
}

async function unmount(place: string): Promise<void> {
  mounted = mounted.filter((each) => each !== place);
  await runCommand('umount', ['--lazy', place]);
}

const why = canMount ? '' : ' (not on this machine: only root may mount; odd-disks.test.ts stands for it)';

test.runIf(canMount).each([
  ['is foreseen', {}, { size: 5_000_000 }],
  ['comes as a surprise', { room: endlessRoom }, { errno: 'ENOSPC' }],
])(
  `a disk that is really full stops a download whole, and what fits still comes: its end %s${why}`,
  async (_, ports, data) => {
    const desk = rig.computer('desk', { ports });
    await mount(desk.folder, '2m');
    await rig.ana.put('plan.txt', 'the old version');
    await desk.sync();
    await rig.ana.put('plan.txt', 'x'.repeat(5_000_000));
    await rig.ana.put('small.txt', 'small');
    const report = await desk.sync();
    expect(report.problems).toMatchObject([{ path: 'plan.txt', code: 'diskFull', kept: 'server', data }]);
    expect(desk.tree()).toEqual({ 'plan.txt': 'the old version', 'small.txt': 'small' });
    expect(readdirSync(desk.folder).filter((name) => name.startsWith('.~'))).toEqual([]);
    await runCommand('mount', ['-o', 'remount,size=20m', desk.folder]);
    desk.pair.retry('');
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1 });
    expect(desk.tree()['plan.txt']).toHaveLength(5_000_000);
    await desk.stop();
  },
);

test.runIf(canMount)(
  `a folder on a disk that is unmounted, at its root or below, deletes nothing on the server${why}`,
  async () => {
    const desk = rig.computer('desk');
    mkdirSync(desk.folder);
    await mount(desk.path('disk'), '5m');
    for (let file = 0; file < 20; file += 1) desk.write(`here/${file}`, `here ${file}`);
    for (const name of ['a', 'b', 'c', 'd']) desk.write(`disk/${name}`, name);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    const before = await rig.ana.tree();
    await unmount(desk.path('disk'));
    expect(await desk.sync()).toMatchObject({ outcome: 'guarded', removed: 0 });
    expect(await rig.ana.tree()).toEqual(before);

    const laptop = rig.computer('laptop');
    await mount(laptop.folder, '5m');
    expect(await laptop.sync()).toMatchObject({ outcome: 'inSync' });
    await unmount(laptop.folder);
    expect(await laptop.sync()).toMatchObject({ outcome: 'guarded', removed: 0 });
    expect(laptop.pair.state()).toMatchObject({ kind: 'guarded', guard: { reason: 'localRootReplaced' } });
    expect(await rig.ana.tree()).toEqual(before);
  },
);

test.runIf(canMount)(
  `a disk that is unmounted in the middle of a run deletes nothing on the server${why}`,
  async () => {
    const desk = rig.computer('desk');
    await mount(desk.folder, '20m');
    for (let file = 0; file < 30; file += 1) desk.write(`folder ${file % 3}/${file}`, `content ${file}`);
    await desk.sync();
    const before = await rig.ana.tree();
    for (let file = 0; file < 200; file += 1) desk.write(`new/${file}`, `new ${file}`);
    const run = desk.sync();
    await new Promise<void>((resume) => {
      const stop = desk.pair.subscribe((event) => {
        if (event.type !== 'item' || event.phase !== 'done' || event.action !== 'upload') return;
        stop();
        resume();
      });
    });
    await unmount(desk.folder);
    await run;
    await desk.sync();
    expect(await rig.ana.tree()).toMatchObject(before);
  },
);

/**
 * Runs the command line without root's right to read everything, so that a folder can really be closed. As another user it
 * might not even reach these sources: they may be below root's own folder.
 */
async function runConfined(
  desk: Computer,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const account = ['--url', rig.server.url, '--user', 'ana', '--password-env', 'SYNC_PASSWORD', '--json'];
  const home = join(rig.base, 'confined');
  mkdirSync(home, { recursive: true });
  const places = ['--local', desk.folder, '--journal', join(home, 'desk.db')];
  const rights = '-dac_override,-dac_read_search';
  const confined = isRoot ? ['setpriv', '--bounding-set', rights, '--inh-caps', rights] : [];
  const [command = '', ...args] = [
    ...confined,
    process.execPath,
    '--no-warnings',
    program,
    ...account,
    ...places,
  ];
  const child = spawn(command, args, {
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      XDG_DATA_HOME: home,
      XDG_RUNTIME_DIR: home,
      SYNC_PASSWORD: rig.password('ana'),
    },
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => {
    output += text.toString();
  });
  const [code]: (number | null)[] = await once(child, 'close');
  return { code: code ?? null, output };
}

test('a folder and a file that really may not be read are told of, and nothing of them is taken for removed', async () => {
  const desk = rig.computer('desk');
  for (const name of ['closed/a', 'closed/deep/b', 'open/c', 'open/secret'])
    writeAged(desk.path(name), name, 60);
  expect(await runConfined(desk)).toMatchObject({ code: 0 });
  const before = await rig.ana.tree();
  writeFileSync(desk.path('open/secret'), 'open/SECRET, longer');
  chmodSync(desk.path('open/secret'), 0o000);
  chmodSync(desk.path('closed'), 0o000);
  const { code, output } = await runConfined(desk);
  expect(output).toContain('localUnreadable');
  expect(code).toBe(1);
  expect(await rig.ana.tree()).toEqual(before);
  chmodSync(desk.path('closed'), 0o755);
  chmodSync(desk.path('open/secret'), 0o644);
});
