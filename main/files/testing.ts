import type { Conditions } from './conditions.ts';
import { runSyncHost } from './host-port.ts';
import type { PauseRules, SpeedLimits, Surroundings } from './protocol.ts';
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
    { askForTrash: false, askForLabels: true },
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

/** A computer at a desk, until a test puts it elsewhere. */
export class DeskConditions implements Conditions {
  #surroundings: Surroundings = {
    attention: 'foreground',
    network: { kind: 'online', line: 'desk' },
    metered: false,
    power: { kind: 'mains' },
    wokeAt: 0,
  };
  #rules: PauseRules = { pauseOnBattery: 'never', pauseOnMetered: false };
  readonly #listeners = new Set<() => void>();

  readonly surroundings = (): Surroundings => this.#surroundings;
  readonly rules = (): PauseRules => this.#rules;
  readonly limits = (): SpeedLimits => ({ up: { kind: 'none' }, down: { kind: 'none' } });
  readonly onChange = (listener: () => void): void => {
    this.#listeners.add(listener);
  };
  readonly close = (): void => this.#listeners.clear();

  become(surroundings: Partial<Surroundings>, rules: Partial<PauseRules> = {}): void {
    this.#surroundings = { ...this.#surroundings, ...surroundings };
    this.#rules = { ...this.#rules, ...rules };
    for (const listener of this.#listeners) listener();
  }
}
