import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

const TERM_TO_KILL_MS = 8000;

/** A free port of 127.0.0.1. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/** Whether a port of 127.0.0.1 can be listened on. */
export function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A child process with an owner: it is asked to end, then made to. */
export interface OwnedProcess {
  readonly child: ChildProcess;
  /** The last lines it printed. */
  tail(): string;
  /** Resolves with its last lines when it ends without being stopped. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/** Starts a process that its owner stops. */
export function startProcess(command: string, args: readonly string[], env = process.env): OwnedProcess {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      text = (text + String(data)).slice(-4000);
    });
  let isStopping = false;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', () => {
      if (!isStopping) resolve(text);
    });
  });
  return {
    child,
    tail: () => text,
    ended,
    async stop() {
      isStopping = true;
      await stopProcess(child);
    },
  };
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), TERM_TO_KILL_MS);
  await exit;
  clearTimeout(timer);
}
