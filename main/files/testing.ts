import { runSyncHost } from './host-port.ts';
import type { ChildProcess } from './supervisor.ts';

/** The real engine in this very process behind a port like the one to its own process; for tests. */
export function engineHere(): ChildProcess {
  const toMain = new Set<(message: unknown) => void>();
  const exits = new Set<(code: number | null) => void>();
  let toHost: (message: unknown) => void = () => undefined;
  const exit = (code: number | null): void => {
    for (const listener of exits) listener(code);
  };
  runSyncHost(
    {
      send: (message) => {
        const copy = structuredClone(message);
        queueMicrotask(() => {
          for (const listener of toMain) listener(copy);
        });
      },
      onMessage: (listener) => {
        toHost = listener;
      },
    },
    false,
    () => exit(0),
  );
  return {
    send: (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => toHost(copy));
    },
    onMessage: (listener) => {
      toMain.add(listener);
    },
    onExit: (listener) => {
      exits.add(listener);
    },
    kill: () => exit(null),
  };
}
