import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';

/** A bug to be found: in a copy of the engine, a text that stands there once becomes another. */
interface Planted {
  readonly file: string;
  readonly is: string;
  readonly becomes: string;
  readonly found: 'lost' | 'stuck' | 'diverged';
  /** The first history that finds it. When that comes to be a later one, it is found all the same, after a search. */
  readonly from: number;
}

const bugs = {
  'a version that someone wrote in the last instant is dropped': {
    file: 'propagate/set-aside.ts',
    is: 'if (await isExpected(found, displaced, context)) await',
    becomes: 'if (found.kind === "file") await',
    found: 'lost',
    from: 47,
  },
  'an edit here takes the place of one there': {
    file: 'reconcile/table.ts',
    is: "changed: { same: 'download', changed: 'resolve'",
    becomes: "changed: { same: 'download', changed: 'upload'",
    found: 'lost',
    from: 117,
  },
  'a file written to within the same tick is taken for untouched': {
    file: 'model/entries.ts',
    is: 'local.changed !== 0n &&\n    local.changed === synced.changed',
    becomes: 'local.inode !== ""',
    found: 'diverged',
    from: 140,
  },
  'an etag is recorded although something below is not in sync': {
    file: 'run/complete-folders.ts',
    is: "if (result === 'done' && !isToBeSeen && !isForgottenAlone(item)) continue;",
    becomes: 'if (result !== undefined) continue;',
    found: 'stuck',
    from: 1,
  },
  'a folder that left to save space is taken for removed when it is wanted again': {
    file: 'run/note-choice.ts',
    is: 'journal.forget(row.row);\n    return;',
    becomes: "journal.put({ ...row, choice: 'here' }, row.row);\n    return;",
    found: 'lost',
    from: 492,
  },
  'what leaves is not read once more': {
    file: 'propagate/evict.ts',
    is: 'saveDisplaced(journal, displaced);\n    journal.forget(row.row);\n  });',
    becomes:
      'journal.forget(row.row);\n  });\n  if (node.kind) { await fileSystem.remove(target); return done; }',
    found: 'lost',
    from: 47,
  },
  'a short body is taken for the file': {
    file: 'propagate/fetch.ts',
    is: 'if (writer.position !== listed.size) {',
    becomes: 'if (writer.position > listed.size) {',
    found: 'lost',
    from: 117,
  },
  'a small file is taken for whole that is not': {
    file: 'propagate/small-files.ts',
    is: 'if (received !== remote.size) throw',
    becomes: 'if (received > remote.size) throw',
    found: 'lost',
    from: 152,
  },
  'an edit that the server lets nobody make is taken for what the server has': {
    file: 'reconcile/rights.ts',
    is: "node.fate = 'resolve';",
    becomes: "node.fate = 'download';",
    found: 'diverged',
    from: 144,
  },
  'a file that is too large is carried': {
    file: 'discover/verify.ts',
    is: 'if (entry.size <= task.maxFileSize ||',
    becomes: 'if (entry.size <= task.maxFileSize + 50 ||',
    found: 'diverged',
    from: 73,
  },
} satisfies Readonly<Record<string, Planted>>;

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'traboule-planted-'));
  for (const part of ['main/sync', 'e2e/simulate']) {
    cpSync(new URL(`../../${part}`, import.meta.url), join(copy, part), { recursive: true });
  }
  writeFileSync(join(copy, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Plants a bug, until the test is over. */
function plant({ file, is, becomes }: Planted): void {
  const path = join(copy, 'main/sync', file);
  const sound = readFileSync(path, 'utf8');
  const parts = sound.split(is);
  expect(parts, `${file} has the place for the bug once`).toHaveLength(2);
  writeFileSync(path, parts.join(becomes));
  onTestFinished(() => writeFileSync(path, sound));
}

/** Plays histories until one fails, or, where a finding is given, until one fails in that way. */
async function play(
  seeds: string,
  finding?: RegExp,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const args = ['--no-warnings', join(copy, 'e2e/simulate/main.ts'), '--seeds', seeds];
  if (finding !== undefined) args.push('--all');
  // What one process made of the sources need not be made by the next of those that are the same.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(copy, 'compiled') };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (finding?.test(output) === true) child.kill();
    });
  }
  const code = await new Promise<number | null>((resume) => child.on('close', resume));
  return { code, output };
}

test('the copy itself passes', async () => {
  const { code, output } = await play('1..100');
  expect(output).toMatch(/^100 histories, \d+ crashes, \d+ faults, 0 lost, 0 stuck, 0 diverged\n$/);
  expect(code).toBe(0);
});

test.each(Object.entries(bugs))(
  'the simulator finds that %s',
  async (_, bug) => {
    plant(bug);
    const finding = new RegExp(`^seed \\d+: ${bug.found}: `, 'm');
    const { output } = await play(`${bug.from}..3000`, finding);
    expect(output).toMatch(finding);
  },
  120_000,
);

test('the first history that fails is cut down to a few steps, which fail in the same way when they are played', async () => {
  const bug = bugs['an edit here takes the place of one there'];
  plant(bug);
  const { code, output } = await play(`${bug.from}..3000`);
  expect(code).toBe(1);
  const [history = ''] = /^\{$[^]*?^\}$/m.exec(output) ?? [];
  const { epochs } = z.object({ epochs: z.array(z.unknown()) }).parse(JSON.parse(history));
  expect(epochs.length).toBeLessThan(4);
  expect(output).toMatch(/^lost: [^]*^\d+ histories/m);
}, 120_000);
