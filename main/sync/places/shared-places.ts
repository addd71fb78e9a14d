import type { RemoteConfig } from '../api.ts';
import { RemoteFailure, throwIfAborted } from '../model/failures.ts';
import type { Outcome, Place, Places } from '../ports/places.ts';
import { after, freshWindow, type Window } from './window.ts';

/** The places at each server, which all pairs of an account share. */
export class SharedPlaces {
  readonly #accounts = new Map<string, AccountPlaces>();

  /** A pair's part in those of its account. */
  open({ url, user }: RemoteConfig): Places {
    const key = `${new URL(url).origin} ${user}`;
    const account = this.#accounts.get(key) ?? new AccountPlaces();
    this.#accounts.set(key, account);
    return account.open();
  }
}

interface Waiting {
  readonly enter: () => void;
  readonly fail: (reason: unknown) => void;
}

/**
 * The places at one server. Pairs take turns for them, and the transfers of each go first come, first served. A pair
 * that holds none may be one beyond the window, so that a small edit does not wait for the large files of another.
 */
export class AccountPlaces {
  #window: Window = freshWindow;
  #taken = 0;
  /** How many each pair holds, of those that hold some. */
  readonly #held = new Map<object, number>();
  /** Pairs in the order of their turns; each is in it as long as one of its transfers waits. */
  readonly #turns = new Map<object, Waiting[]>();

  /** A pair's part in them. */
  open(): Places {
    const pair = {};
    return { take: (signal) => this.#take(pair, signal) };
  }

  async #take(pair: object, signal: AbortSignal): Promise<Place> {
    throwIfAborted(signal);
    const { promise, resolve, reject } = Promise.withResolvers<Place>();
    let place: Place | undefined;
    const stop = (): void => {
      if (place !== undefined) place.leave({ kind: 'silent' });
      else this.#forget(pair, waiting);
      reject(new DOMException('stopped', 'AbortError'));
    };
    const unlisten = (): void => signal.removeEventListener('abort', stop);
    const waiting: Waiting = {
      enter: () => {
        place = this.#enter(pair, unlisten);
        resolve(place);
      },
      fail: (reason) => {
        unlisten();
        reject(reason);
      },
    };
    signal.addEventListener('abort', stop, { once: true });
    const queue = this.#turns.get(pair);
    if (queue === undefined) this.#turns.set(pair, [waiting]);
    else queue.push(waiting);
    this.#serve();
    return promise;
  }

  #enter(pair: object, onLeave: () => void): Place {
    const { cuts } = this.#window;
    let isTaken = true;
    this.#taken += 1;
    this.#held.set(pair, (this.#held.get(pair) ?? 0) + 1);
    return {
      leave: (outcome) => {
        if (!isTaken) return;
        isTaken = false;
        onLeave();
        this.#leave(pair, outcome, cuts);
      },
    };
  }

  #leave(pair: object, outcome: Outcome, cuts: number): void {
    const left = (this.#held.get(pair) ?? 0) - 1;
    if (left > 0) this.#held.set(pair, left);
    else this.#held.delete(pair);
    this.#taken -= 1;
    this.#window = after(this.#window, {
      outcome,
      cuts,
      isWanted: this.#turns.size > 0,
    });
    if (outcome.kind === 'trouble' && outcome.forAll !== undefined) this.#sendAway(outcome.forAll);
    this.#serve();
  }

  #forget(pair: object, waiting: Waiting): void {
    const others = this.#turns.get(pair)?.filter((each) => each !== waiting) ?? [];
    if (others.length === 0) this.#turns.delete(pair);
    else this.#turns.set(pair, others);
  }

  /** Whoever waits would meet the same failure, one after the other, each after its own time-out. */
  #sendAway({ code, data, cause }: RemoteFailure): void {
    const all = [...this.#turns.values()].flat();
    this.#turns.clear();
    for (const { fail } of all) fail(new RemoteFailure(code, data, cause));
  }

  #serve(): void {
    for (const [pair, queue] of this.#turns) {
      const [next, ...others] = queue;
      if (next === undefined || !this.#mayEnter(pair)) continue;
      // To the end of the order, which this very loop walks.
      this.#turns.delete(pair);
      if (others.length > 0) this.#turns.set(pair, others);
      next.enter();
    }
  }

  #mayEnter(pair: object): boolean {
    const { size } = this.#window;
    return this.#taken < size || (this.#taken === size && !this.#held.has(pair));
  }
}
