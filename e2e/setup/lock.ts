import { createHash } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';

/**
 * Runs a task while no other process of this machine runs one under the same name.
 * The lock is a socket in the abstract name space of Linux: the system lets it go when its owner dies,
 * however it dies, so there is never a stale one. Those who wait hold a connection to it and are woken.
 */
export async function withLock<T>(name: string, task: () => Promise<T>): Promise<T> {
  let held = await tryLock(name);
  while (!held) {
    await released(addressOf(name));
    held = await tryLock(name);
  }
  try {
    return await task();
  } finally {
    held.release();
  }
}

/** A lock that was taken. */
export interface Held {
  release(): void;
}

function addressOf(name: string): string {
  return `\0traboule-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}

/** Takes the lock of that name, or gives undefined when someone has it. */
export function tryLock(name: string): Promise<Held | undefined> {
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    waiting.add(socket);
    // One that waits may be killed; the closed connection is all there is to know.
    socket.on('error', () => socket.destroy());
  });
  const release = () => {
    server.close();
    for (const socket of waiting) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(addressOf(name), () => resolve({ release }));
  });
}

/** Waits until the holder lets go: its end of the connection closes, or nobody answers any more. */
function released(address: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('error', () => resolve());
    socket.once('close', () => resolve());
    socket.resume();
  });
}
