import type { Outcome } from '../../../preload/contract/channel.ts';
import type { DoneItem, RunningFile, WaitingFiles } from '../../../preload/contract/file-activity.ts';
import type { AppBridge } from '../../bridge.ts';
import { Disposables } from '../../ui/disposables.ts';
import { reuse } from '../../ui/reuse.ts';
import { type Readable, Store } from '../../ui/store.ts';

/** What is done with files now, and what was done last. */
export class ActivityStore {
  readonly running = new Store<readonly RunningFile[]>([]);
  readonly #recent = new Store<readonly DoneItem[] | null>(null);
  readonly #bridge: AppBridge['fileActivity'];
  readonly #disposables = new Disposables();

  constructor(bridge: AppBridge['fileActivity']) {
    this.#bridge = bridge;
    this.#disposables.add(
      bridge.on('runningChanged', (running) => this.running.update((last) => reuse(last, running))),
      bridge.on('recentChanged', () => {
        if (this.#recent.listenerCount > 0) void this.#ask();
      }),
    );
  }

  /** The last things done, newest first, kept fresh as long as someone listens; null until they are known. */
  readonly recent: Readable<readonly DoneItem[] | null> = {
    get: () => this.#recent.get(),
    subscribe: (listener) => {
      const stop = this.#recent.subscribe(listener);
      if (this.#recent.listenerCount === 1) void this.#ask();
      return stop;
    },
  };

  /** What runs already when the page comes up. */
  readonly load = async (): Promise<void> => {
    const outcome = await this.#bridge.running();
    if (outcome.ok) this.running.update((last) => reuse(last, outcome.value));
  };

  /** The files that wait for their turn at this moment. */
  readonly waiting = (): Promise<Outcome<WaitingFiles>> => this.#bridge.waiting();

  readonly clear = (): void => {
    this.running.set([]);
    this.#recent.set(null);
  };

  readonly dispose = (): void => this.#disposables.dispose();

  async #ask(): Promise<void> {
    const outcome = await this.#bridge.recent();
    if (outcome.ok) this.#recent.update((last) => reuse(last, outcome.value));
  }
}
