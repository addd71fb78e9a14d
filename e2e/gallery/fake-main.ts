import type { ContractError, EventChannel, Outcome, RequestChannel } from '../../preload/contract/channel.ts';
import {
  type Contract,
  contract,
  type DomainName,
  type EventPayload,
  type Handlers,
} from '../../preload/contract/index.ts';
import type { PreloadApi } from '../../preload/contract/wire.ts';
import type { AppDomains } from '../../renderer/bridge.ts';

/** Answers of the scripted main, a handler a request; typed and checked by the real contract. */
export type FakeHandlers = { readonly [D in AppDomains]: Handlers<D> };

/** A part of them, or the call window's, for what needs no more. */
type SomeHandlers = { readonly [D in DomainName]?: Partial<Handlers<D>> };

/** An error of the contract, thrown by a handler. */
export class Refusal extends Error {
  readonly error: ContractError;
  constructor(error: ContractError) {
    super(error.code);
    this.error = error;
  }
}

/**
 * Plays main for the gallery: requests and answers go through the schemas of the contract, so that a picture can't
 * show what the program could never say.
 */
export class FakeMain {
  readonly api: PreloadApi;
  readonly #handlers: SomeHandlers;
  readonly #listeners = new Map<string, Set<(payload: unknown) => void>>();
  /** What the page asked for, in order. */
  readonly asked: { readonly channel: string; readonly payload: unknown }[] = [];

  constructor(handlers: SomeHandlers) {
    this.#handlers = handlers;
    this.api = {
      invoke: (channel, payload) => this.#invoke(channel, payload),
      subscribe: (channel, listener) => this.#subscribe(channel, listener),
      offer: async (files) => files.map(() => crypto.randomUUID()),
    };
  }

  /** Sends an event to the page. */
  readonly emit = <D extends DomainName, E extends keyof Contract[D]['events'] & string>(
    domain: D,
    event: E,
    payload: EventPayload<D, E>,
  ): void => {
    const events: Readonly<Record<string, EventChannel>> = contract[domain].events;
    const channel = events[event];
    if (!channel) throw new Error(`the contract has no event ${domain}.${event}`);
    const checked = channel.payload.parse(structuredClone(payload));
    for (const listener of this.#listeners.get(`${domain}.${event}`) ?? []) listener(checked);
  };

  /** How many listen: 0 after the page ended. */
  get listenerCount(): number {
    return [...this.#listeners.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  }

  async #invoke(channel: string, payload: unknown): Promise<Outcome<unknown>> {
    const [domain = '', name = ''] = channel.split('.');
    this.asked.push({ channel, payload });
    const requests: Readonly<Record<string, RequestChannel>> = contract[domain as DomainName].requests;
    const request = requests[name];
    if (!request) throw new Error(`the contract has no ${channel}`);
    const handlers = this.#handlers[domain as DomainName] as unknown as Record<
      string,
      (payload: unknown, signal: AbortSignal) => unknown
    >;
    try {
      const answer = await handlers[name]?.(request.request.parse(payload), new AbortController().signal);
      return { ok: true, value: request.answer.parse(structuredClone(answer)) };
    } catch (problem) {
      if (problem instanceof Refusal) return { ok: false, error: problem.error };
      throw problem;
    }
  }

  #subscribe(channel: string, listener: (payload: unknown) => void): () => void {
    const listeners = this.#listeners.get(channel) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(channel, listeners);
    return () => {
      listeners.delete(listener);
    };
  }
}
