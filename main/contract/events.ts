import type { Audience, Domain } from '../../preload/contract/channel.ts';
import { type Contract, contract, type DomainName, type EventPayload } from '../../preload/contract/index.ts';
import type { Log } from '../log/log.ts';

/** Sends an event to the window of an audience; drops it when there is none (the page asks again when it opens). */
export type Deliver = (audience: Audience, channel: string, payload: unknown) => void;

/** How main tells pages something. */
export interface Events {
  readonly send: <D extends DomainName, E extends keyof Contract[D]['events'] & string>(
    domain: D,
    event: E,
    payload: EventPayload<D, E>,
  ) => void;
  /** Sends nothing of what waits: it was meant for a page that is gone. */
  readonly dropWaiting: () => void;
}

/** A `latest` event is sent at most this often. */
const SPACING_MS = 100;

interface Pending {
  timer: NodeJS.Timeout;
  next: { payload: unknown } | null;
}

/**
 * Makes the sender of events. A payload that breaks the contract is a fault of ours: `strict` (development and tests)
 * throws it, a product in use logs it and sends nothing.
 */
export function createEvents(deliver: Deliver, log: Log, strict: boolean): Events {
  const waiting = new Map<string, Pending>();

  function deliverChecked(audience: Audience, channel: string, payload: unknown, domain: Domain): void {
    const schema = domain.events[channel.slice(channel.indexOf('.') + 1)]?.payload;
    const result = schema?.safeParse(payload);
    if (result?.success) deliver(audience, channel, result.data);
    else if (strict) throw new Error(`event ${channel} breaks the contract`, { cause: result?.error });
    else log.error('contract.wrong-event', { channel });
  }

  /** The first of a subject goes at once, then the newest of each interval: the last one is never lost. */
  function sendLatest(subject: string, payload: unknown, deliverNow: (payload: unknown) => void): void {
    const pending = waiting.get(subject);
    if (pending) {
      pending.next = { payload };
      return;
    }
    const timer = setTimeout(() => {
      const next = waiting.get(subject)?.next;
      waiting.delete(subject);
      if (next) sendLatest(subject, next.payload, deliverNow);
    }, SPACING_MS);
    waiting.set(subject, { timer, next: null });
    deliverNow(payload);
  }

  return {
    send: (domainName, event, payload) => {
      const domain: Domain = contract[domainName];
      const channel = `${domainName}.${event}`;
      const deliverNow = (value: unknown) => deliverChecked(domain.audience, channel, value, domain);
      const { coalesce = 'each' } = domain.events[event] ?? {};
      if (coalesce === 'each') deliverNow(payload);
      else if (coalesce === 'latest') sendLatest(channel, payload, deliverNow);
      else sendLatest(`${channel} ${valueOf(payload, coalesce.latestOf)}`, payload, deliverNow);
    },
    dropWaiting: () => {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}

function valueOf(payload: unknown, name: string): string {
  return String(new Map<string, unknown>(Object.entries(payload ?? {})).get(name));
}
