import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { tryLock, withLock } from './lock.ts';

const name = () => `test ${crypto.randomUUID()}`;

test('tasks under one name never run at the same time', async () => {
  const lock = name();
  let running = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 8 }, () =>
      withLock(lock, async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      }),
    ),
  );
  expect(most).toBe(1);
});

test('a failed task lets the lock go and its error through', async () => {
  const lock = name();
  await expect(withLock(lock, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
  await expect(withLock(lock, () => Promise.resolve('next'))).resolves.toBe('next');
});

test('the lock of a killed process is free', async () => {
  const lock = name();
  const source = `import { tryLock, withLock } from ${JSON.stringify(new URL('lock.ts', import.meta.url).href)};
    await withLock(${JSON.stringify(lock)}, () => new Promise(() => { console.log('held'); setInterval(() => {}, 1000); }));`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const next = withLock(lock, () => Promise.resolve('next'));
  holder.kill('SIGKILL');
  await expect(next).resolves.toBe('next');
});

test('one may ask without waiting', async () => {
  const lock = name();
  const first = await tryLock(lock);
  await expect(tryLock(lock)).resolves.toBeUndefined();
  first?.release();
  const second = await tryLock(lock);
  expect(second).toBeDefined();
  second?.release();
});
