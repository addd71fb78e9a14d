import type { z } from 'zod';
import type { Audience, Domain, Outcome, RequestChannel } from '../../preload/contract/channel.ts';
import { contract, type DomainName, type Handlers } from '../../preload/contract/index.ts';
import type { Log } from '../log/log.ts';
import { AppError, toContractError } from './app-error.ts';
import { tryParse } from './try-parse.ts';

/** Who sent a request, as Electron knows it (never as the page says). */
export interface Caller {
  /** Origin of the frame: `traboule://app`. */
  readonly origin: string;
  readonly isMainFrame: boolean;
  /** What the window it came from was made for; null for a window that may ask nothing. */
  readonly window: Audience | null;
}

/** Every handler of the contract: leaving one out does not compile. */
export type AllHandlers = { readonly [D in DomainName]: Handlers<D> };

/** The one door through which a page reaches main. */
export interface Gate {
  /** Answers one request; never throws, and runs no handler unless caller, channel and payload are right. */
  readonly answer: (caller: Caller, channel: unknown, payload: unknown) => Promise<Outcome<unknown>>;
}

const ORIGINS: Readonly<Record<Audience, string>> = { app: 'traboule://app', call: 'traboule://call' };
type AnyHandler = (request: unknown, signal: AbortSignal) => unknown;

/** Makes the gate. Answers are checked as well: what the contract does not name stays in main. */
export function createGate(handlers: AllHandlers, log: Log): Gate {
  const routes = routesOf(handlers);
  return {
    answer: async (caller, channel, payload) => {
      try {
        const { domain, spec, handler } = find(routes, channel);
        if (!isOf(domain.audience, caller)) throw new AppError('forbidden.caller');
        const request = parse(spec.request, payload);
        const value = await withTimeout(spec.timeoutMs, (signal) => handler(request, signal));
        return { ok: true, value: spec.answer.parse(value) };
      } catch (error) {
        report(log, channel, error);
        return { ok: false, error: toContractError(error) };
      }
    },
  };
}

/** Everything needed to answer one channel. */
interface Route {
  readonly domain: Domain;
  readonly spec: RequestChannel;
  readonly handler: AnyHandler;
}

/** All channels by their names (`files.open`); a map, so that `toString` and the like are none. */
function routesOf(handlers: AllHandlers): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>();
  for (const [domainName, domain] of Object.entries<Domain>(contract)) {
    const itsHandlers = new Map(Object.entries<object>(handlers)).get(domainName) ?? {};
    const byName = new Map<string, AnyHandler>(Object.entries(itsHandlers));
    for (const [name, spec] of Object.entries(domain.requests)) {
      const handler = byName.get(name);
      if (!handler) throw new Error(`${domainName}.${name} has no handler`);
      routes.set(`${domainName}.${name}`, { domain, spec, handler });
    }
  }
  return routes;
}

function find(routes: ReadonlyMap<string, Route>, channel: unknown): Route {
  const route = typeof channel === 'string' ? routes.get(channel) : undefined;
  if (!route) throw new AppError('invalid.request');
  return route;
}

/** Whether a message comes from the very page that an audience is: its window, its main frame, its origin. */
export function isOf(audience: Audience, caller: Caller): boolean {
  return caller.isMainFrame && caller.window === audience && caller.origin === ORIGINS[audience];
}

function parse(schema: z.ZodType, payload: unknown): unknown {
  const result = tryParse(schema, payload);
  if (result?.success) return result.data;
  const where = result?.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new AppError('invalid.request', { where: where.slice(0, 200) });
}

async function withTimeout(ms: number, run: (signal: AbortSignal) => unknown): Promise<unknown> {
  const abort = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new AppError('timeout.request', { seconds: ms / 1000 });
    abort.abort(error);
    reject(error);
  }, ms);
  try {
    return await Promise.race([Promise.resolve(run(abort.signal)), promise]);
  } finally {
    clearTimeout(timer);
  }
}

function report(log: Log, channel: unknown, error: unknown): void {
  const name = typeof channel === 'string' && /^[\w.]{1,60}$/.test(channel) ? channel : 'unknown';
  if (!(error instanceof AppError)) log.error('contract.failed', { channel: name }, error);
  else if (error.code === 'forbidden' || error.code === 'invalid')
    log.warn('contract.refused', { channel: name, about: error.about });
  else log.info('contract.answered', { ...error.details, channel: name, about: error.about }, error.cause);
}
