import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const program = fileURLToPath(new URL('main.ts', import.meta.url));
const users = JSON.stringify([{ uid: 'nadia', password: 'secret', displayName: 'Nadia' }]);

describe('the stand-in as a program', () => {
  it('prints its address when it is ready and ends on SIGTERM', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'nextcloud-main-'));
    const child = spawn(process.execPath, [program, '--data-dir', dataDir, '--newer'], {
      env: { ...process.env, NEXTCLOUD_STANDIN_USERS: users },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const [line] = await once(child.stdout, 'data');
    const { url } = z.object({ url: z.string(), port: z.number() }).parse(JSON.parse(String(line)));
    const answer = await fetch(`${url}/remote.php/dav/files/nadia/`, {
      method: 'PROPFIND',
      headers: { Authorization: `Basic ${Buffer.from('nadia:secret').toString('base64')}`, Depth: '0' },
    });
    expect(answer.status).toBe(207);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await rm(dataDir, { recursive: true, force: true });
  });
});
