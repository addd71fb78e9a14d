import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ContractError, type Outcome } from '../../preload/contract/channel.ts';
import { contract } from '../../preload/contract/index.ts';
import type { Log } from '../log/log.ts';
import { silentLog } from '../log/silent.ts';
import { AppError } from './app-error.ts';
import { type AllHandlers, type Caller, createGate } from './gate.ts';
import { wrongFor } from './wrong-values.ts';

const APP: Caller = { origin: 'traboule://app', isMainFrame: true, window: 'app' };
const CALL: Caller = { origin: 'traboule://call', isMainFrame: true, window: 'call' };
const domains = Object.entries(contract);
const channels = domains.flatMap(([domainName, domain]) =>
  Object.entries(domain.requests).map(([name, spec]) => ({
    channel: `${domainName}.${name}`,
    caller: domain.audience === 'app' ? APP : CALL,
    spec,
  })),
);

/** Handlers for every channel that only say that they ran. */
function handlersThatCount(ran: (channel: string, request: unknown) => unknown): AllHandlers {
  const of = (domainName: string, requests: object) =>
    Object.fromEntries(
      Object.keys(requests).map((name) => [
        name,
        (request: unknown) => ran(`${domainName}.${name}`, request),
      ]),
    );
  // oxlint-disable-next-line no-unsafe-type-assertion -- made by walking the contract, so it has every handler
  return Object.fromEntries(
    domains.map(([name, domain]) => [name, of(name, domain.requests)]),
  ) as unknown as AllHandlers;
}

const origin = fc.oneof(
  fc.webUrl(),
  fc.constantFrom(
    'traboule://app.evil',
    'traboule://App',
    'traboule://',
    'null',
    '',
    'file://',
    'traboule://app/',
  ),
);
const wrongCallers = (right: Caller): fc.Arbitrary<Caller> =>
  fc
    .record({
      origin: fc.oneof(fc.constant(right.origin), origin),
      isMainFrame: fc.boolean(),
      window: fc.constantFrom<Caller['window']>('app', 'call', null),
    })
    .filter((c) => !(c.isMainFrame && c.origin === right.origin && c.window === right.window));

/** As an expectation would say it, in a tenth of its time: it is asked a hundred thousand times. */
function refusedAs(code: string, outcome: Outcome<unknown>): void {
  if (outcome.ok || outcome.error.code !== code)
    throw new Error(`expected the error ${code}, not ${JSON.stringify(outcome)}`);
}

describe('the gate', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(channels)('$channel runs no handler for a wrong sender', async ({ channel, caller }) => {
    const ran = vi.fn<(channel: string) => void>();
    const gate = createGate(handlersThatCount(ran), silentLog);
    await fc.assert(
      fc.asyncProperty(wrongCallers(caller), fc.anything(), async (wrong, payload) => {
        refusedAs('forbidden', await gate.answer(wrong, channel, payload));
      }),
      { numRuns: 100 },
    );
    expect(ran).not.toHaveBeenCalled();
  });

  it.each(channels)(
    '$channel runs no handler for 1,000 wrong payloads',
    async ({ channel, caller, spec }) => {
      const ran = vi.fn<(channel: string) => void>();
      const gate = createGate(handlersThatCount(ran), silentLog);
      await fc.assert(
        fc.asyncProperty(wrongFor(spec.request), async (payload) => {
          refusedAs('invalid', await gate.answer(caller, channel, payload));
        }),
        { numRuns: 1000 },
      );
      expect(ran).not.toHaveBeenCalled();
    },
  );

  it('refuses what breaks the check itself', async () => {
    const ran = vi.fn<(channel: string) => void>();
    const gate = createGate(handlersThatCount(ran), silentLog);
    const files = { length: { toString: null, valueOf: null } };
    expect(await gate.answer(APP, 'files.addFiles', { salonId: '!a', files })).toMatchObject({
      ok: false,
      error: { code: 'invalid' },
    });
    expect(ran).not.toHaveBeenCalled();
  });

  it('knows no channel but those of the contract', async () => {
    const ran = vi.fn<(channel: string) => void>();
    const gate = createGate(handlersThatCount(ran), silentLog);
    const names = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.constantFrom(
        'app',
        'app.',
        'app.toString',
        '__proto__.x',
        'constructor.name',
        'app.info.x',
        'app.__proto__',
      ),
    );
    await fc.assert(
      fc.asyncProperty(names, fc.anything(), async (channel, payload) => {
        expect((await gate.answer(APP, channel, payload)).ok).toBe(false);
      }),
      { numRuns: 1000 },
    );
    expect(ran).not.toHaveBeenCalled();
  });

  const gateWith = (handler: (request: unknown, signal: AbortSignal) => unknown) => {
    const all = handlersThatCount(() => undefined);
    Object.assign(all.app, { copyText: handler });
    return createGate(all, silentLog);
  };

  it('passes the parsed request on and answers with the value', async () => {
    const handler = vi.fn<() => void>();
    expect(await gateWith(handler).answer(APP, 'app.copyText', { text: 'x' })).toEqual({
      ok: true,
      value: undefined,
    });
    expect(handler).toHaveBeenCalledWith({ text: 'x' }, expect.any(AbortSignal));
  });

  it('tells a known error with its code and keeps an unknown one to itself', async () => {
    const known = gateWith(() => {
      throw new AppError('unreachable.chat', { host: 'chat.example' });
    });
    expect(await known.answer(APP, 'app.copyText', { text: '' })).toEqual({
      ok: false,
      error: {
        code: 'unreachable',
        messageKey: 'errors:unreachable.chat',
        details: { host: 'chat.example' },
        retryable: true,
      },
    });
    const unknown = gateWith(() => Promise.reject(new Error('token syt_secret')));
    const outcome = await unknown.answer(APP, 'app.copyText', { text: '' });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'internal', details: {} } });
    expect(JSON.stringify(outcome)).not.toContain('syt_secret');
  });

  it('gives up after the time of the channel and tells the handler', async () => {
    vi.useFakeTimers();
    let aborted = false;
    const gate = gateWith((_request, signal) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise(() => undefined);
    });
    const outcome = gate.answer(APP, 'app.copyText', { text: '' });
    await vi.advanceTimersByTimeAsync(contract.app.requests.copyText.timeoutMs);
    expect(await outcome).toMatchObject({ ok: false, error: { code: 'timeout', retryable: true } });
    expect(aborted).toBe(true);
  });

  it('writes down what an administrator needs to find out why', async () => {
    const info = vi.fn<Log['info']>();
    const cause = new Error('ECONNREFUSED');
    const all = handlersThatCount(() => undefined);
    Object.assign(all.app, {
      copyText: () => Promise.reject(new AppError('unreachable.chat', { host: 'chat.example' }, cause)),
    });
    await createGate(all, { ...silentLog, info }).answer(APP, 'app.copyText', { text: '' });
    const facts = { channel: 'app.copyText', about: 'unreachable.chat', host: 'chat.example' };
    expect(info).toHaveBeenCalledWith('contract.answered', facts, cause);
  });

  it('tells no more of an error than is safe to show, however long a server made it', async () => {
    const gate = gateWith(() => {
      throw new AppError('refused.chat', { errcode: 'x'.repeat(100_000) }, new Error('syt_secret'));
    });
    const outcome = await gate.answer(APP, 'app.copyText', { text: '' });
    expect(outcome).toMatchObject({ ok: false, error: { details: { errcode: 'x'.repeat(2000) } } });
    expect(ContractError.safeParse(outcome.ok ? null : outcome.error).success).toBe(true);
    expect(JSON.stringify(outcome)).not.toContain('syt_secret');
  });

  it('finds an answer that breaks the contract', async () => {
    const gate = gateWith(() => 'something');
    expect(await gate.answer(APP, 'app.copyText', { text: '' })).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    });
  });
});
