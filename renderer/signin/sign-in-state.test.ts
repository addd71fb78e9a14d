import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOBODY } from '../../e2e/gallery/world/accounts.ts';
import type { AccountState, ChatOffer, ChatSignIn, Discovery } from '../../preload/contract/accounts.ts';
import type { ContractError } from '../../preload/contract/channel.ts';
import { begin, next, type SignInEvent, type SignInState } from './sign-in-state.ts';

const error: ContractError = {
  code: 'unreachable',
  messageKey: 'errors:unreachable.chat',
  details: {},
  retryable: true,
};
const expired: AccountState = {
  id: '0b9d6f6e-6a51-4a65-9c1e-5a3c5d1f7a01',
  stores: '',
  chat: { status: 'expired', serverUrl: 'https://m.example', user: '@n:m.example' },
  files: { status: 'expired', serverUrl: 'https://f.example', user: 'n' },
  secrets: 'system',
};
const offer: ChatOffer = { serverUrl: 'https://m.example', user: 'n', password: true, browser: [] };
const chatFound: Discovery['chat'] = { found: true, offer };
const AGENTS = { id: 'oidc-agents', name: 'Annuaire' };
const offering = (part: Partial<ChatOffer>) => ({ found: true, offer: { ...offer, ...part } }) as const;
const step = (chat: ChatSignIn): SignInEvent => ({ type: 'chat-step', step: chat });
const cameBack = (user: string) => step({ step: 'signed-in', user, account: expired });
const filesFound: Discovery['files'] = { found: true, serverUrl: 'https://f.example', productName: 'N' };
const both: Discovery = { chat: chatFound, files: filesFound };
const away = { found: false, error } as const;

const after = (state: SignInState, ...events: readonly SignInEvent[]) => events.reduce(next, state);
const found = (discovery: Discovery): SignInEvent => ({ type: 'discovered', discovery });
const fresh = begin('all', NOBODY);

describe('signing in for the first time', () => {
  test('asks the address, the password, then the files, and is done', () => {
    const password = after(fresh, { type: 'typed', address: 'n@m.example' }, { type: 'asked' }, found(both));
    expect(password).toMatchObject({
      busy: false,
      address: 'n@m.example',
      screen: { at: 'password', chat: { serverUrl: 'https://m.example', user: 'n' } },
    });
    const files = after(password, { type: 'asked' }, { type: 'chat-signed-in' });
    expect(files.screen).toEqual({ at: 'files', serverUrl: 'https://f.example', waiting: false });
    const waiting = after(files, { type: 'asked' }, { type: 'files-step', step: { step: 'waiting' } });
    expect(waiting).toMatchObject({ busy: false, screen: { waiting: true } });
    expect(after(waiting, { type: 'files-step', step: { step: 'granted' } }).screen).toEqual({ at: 'done' });
  });

  test('goes on without files that are away', () => {
    const state = after(fresh, found({ chat: chatFound, files: away }), { type: 'chat-signed-in' });
    expect(state.screen).toEqual({ at: 'done' });
  });

  test('offers the files alone where the conversations are away', () => {
    const state = after(fresh, found({ chat: away, files: filesFound }));
    expect(state).toMatchObject({ screen: { at: 'no-chat', why: 'failed' }, problem: error });
    expect(after(state, { type: 'chat-skipped' })).toMatchObject({ screen: { at: 'files' }, problem: null });
  });

  test('keeps the address where neither is found', () => {
    const state = after(fresh, { type: 'typed', address: 'n@x' }, found({ chat: away, files: away }));
    expect(state).toMatchObject({ address: 'n@x', screen: { at: 'address' }, problem: error });
    expect(after(state, { type: 'typed', address: 'n@y' }).problem).toBeNull();
  });

  test('says where a server takes neither password nor browser', () => {
    const state = after(fresh, found({ chat: offering({ password: false }), files: away }));
    expect(state.screen).toEqual({ at: 'no-chat', why: 'unsupported' });
  });

  test('stays at the password when it was wrong', () => {
    const state = after(fresh, found(both), { type: 'asked' }, { type: 'failed', error });
    expect(state).toMatchObject({ busy: false, problem: error, screen: { at: 'password' } });
  });

  test('can wait for the browser again after it failed or was cancelled', () => {
    const waiting = after(
      fresh,
      found(both),
      { type: 'chat-signed-in' },
      { type: 'files-step', step: { step: 'waiting' } },
    );
    const failed = after(waiting, { type: 'files-step', step: { step: 'failed', error } });
    expect(failed).toMatchObject({ problem: error, screen: { at: 'files', waiting: false } });
    expect(after(waiting, { type: 'files-cancelled' })).toMatchObject({
      problem: null,
      screen: { waiting: false },
    });
    expect(after(waiting, { type: 'files-skipped' }).screen).toEqual({ at: 'done' });
  });
});

describe('the conversations in the browser', () => {
  const instead = after(
    fresh,
    found({ chat: offering({ password: false, browser: [AGENTS] }), files: filesFound }),
  );
  const beside = after(fresh, found({ chat: offering({ browser: [AGENTS] }), files: filesFound }));
  const waiting = step({ step: 'waiting' });

  test('are offered in place of the password, or beside it', () => {
    expect(instead.screen).toMatchObject({ at: 'browser', waiting: false });
    expect(beside.screen).toMatchObject({ at: 'password', chat: { browser: [AGENTS] } });
  });

  test.each([
    ['browser', instead],
    ['password', beside],
  ])('are waited for, and given up again for the %s', (at, offered) => {
    const state = after(offered, { type: 'asked' }, waiting);
    expect(state).toMatchObject({ busy: false, screen: { at: 'browser', waiting: true } });
    expect(after(state, { type: 'browser-cancelled' }).screen).toEqual(offered.screen);
    const failed = after(state, step({ step: 'failed', error }));
    expect(failed).toMatchObject({ busy: false, problem: error, screen: { at } });
    expect(failed.screen).toEqual(offered.screen);
    expect(after(state, { type: 'failed', error }).screen).toEqual(offered.screen);
  });

  test('go on with the files for whoever is called as they typed, whatever the capitals', () => {
    expect(after(beside, waiting, cameBack('@N:m.example')).screen).toMatchObject({ at: 'files' });
  });

  test('say who came back where that is another name', () => {
    const state = after(beside, waiting, cameBack('@agent-7:m.example'));
    expect(state.screen).toEqual({ at: 'someone-else', user: '@agent-7:m.example' });
    expect(after(state, { type: 'chat-signed-in' }).screen).toMatchObject({ at: 'files' });
    expect(after(state, { type: 'address-changed' }).screen).toEqual({ at: 'address' });
  });

  test('that come back late change nothing where the page went on', () => {
    const files = after(beside, { type: 'chat-signed-in' });
    expect(after(files, cameBack('@x:m.example'), step({ step: 'failed', error }), waiting)).toEqual(files);
  });
});

describe('signing in again', () => {
  test('asks the server of the conversations how, and only for that', () => {
    const state = begin('chat', expired);
    expect(state).toMatchObject({ address: 'n@m.example', screen: { at: 'asking' } });
    const user = '@n:m.example';
    const password = after(state, { type: 'asked' }, { type: 'offered', offer: { ...offer, user } });
    expect(password).toMatchObject({ busy: false, screen: { at: 'password', chat: { user } } });
    expect(after(password, { type: 'chat-signed-in' }).screen).toEqual({ at: 'done' });
    const browser = { ...offer, user, password: false, browser: [AGENTS] };
    const byBrowser = after(state, { type: 'offered', offer: browser });
    expect(byBrowser.screen).toMatchObject({ at: 'browser', waiting: false });
    expect(after(byBrowser, cameBack(user)).screen).toEqual({ at: 'done' });
  });
  test('stays with the question where the server does not answer', () => {
    const state = after(begin('chat', expired), { type: 'asked' }, { type: 'failed', error });
    expect(state).toMatchObject({ busy: false, problem: error, screen: { at: 'asking' } });
  });
  test('goes straight to the page of the files', () => {
    const state = begin('files', expired);
    expect(state.screen).toEqual({ at: 'files', serverUrl: 'https://f.example', waiting: false });
  });
  test('looks for files that were never connected by the address that is known', () => {
    const state = begin('files', { ...expired, files: { status: 'none' } });
    expect(state).toMatchObject({ address: 'n@m.example', screen: { at: 'address' } });
    expect(after(state, found(both)).screen).toMatchObject({ at: 'files' });
    expect(after(state, found({ chat: chatFound, files: away }))).toMatchObject({
      screen: { at: 'address' },
      problem: error,
    });
  });
});

test('whatever happens in whatever order, what was typed is kept and a failure never leaves it busy', () => {
  const event = fc.oneof(
    fc.constantFrom<SignInEvent>(
      { type: 'asked' },
      { type: 'failed', error },
      { type: 'chat-signed-in' },
      { type: 'chat-skipped' },
      { type: 'offered', offer },
      { type: 'browser-cancelled' },
      step({ step: 'waiting' }),
      step({ step: 'failed', error }),
      cameBack('@n:m.example'),
      cameBack('@x:m.example'),
      { type: 'files-cancelled' },
      { type: 'files-skipped' },
      { type: 'address-changed' },
      { type: 'files-step', step: { step: 'waiting' } },
      { type: 'files-step', step: { step: 'failed', error } },
    ),
    fc
      .record({
        chat: fc.constantFrom<Discovery['chat']>(chatFound, away),
        files: fc.constantFrom<Discovery['files']>(filesFound, away),
      })
      .map(found),
  );
  fc.assert(
    fc.property(fc.constantFrom('all', 'chat', 'files'), fc.array(event), (goal, events) => {
      const typed = next(begin(goal, NOBODY), { type: 'typed', address: 'n@m.example' });
      const state = after(typed, ...events);
      expect(state.address).toBe('n@m.example');
      expect(next(state, { type: 'failed', error }).busy).toBe(false);
    }),
  );
});
