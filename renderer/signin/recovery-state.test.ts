import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommandError } from '../matrix/protocol.ts';
import {
  beginRecovery,
  groupsOf,
  isKept,
  nextRecovery,
  type RecoveryEvent,
  type RecoveryState,
} from './recovery-state.ts';

const CODE = 'EsTc Kgea F2Zc CcZK mQpN JzAK UBsN qFF1 nRnk dFx6 yzAn yZHk';
const after = (state: RecoveryState, ...events: readonly RecoveryEvent[]) =>
  events.reduce(nextRecovery, state);
const failed = (code: CommandError['code']): RecoveryEvent => ({
  type: 'failed',
  error: { code, detail: '' },
});

describe('making a code', () => {
  test('shows it, asks a part of it back, and is done', () => {
    const shown = after(beginRecovery('needs-setup'), { type: 'asked' }, { type: 'made', code: CODE });
    expect(shown).toMatchObject({ busy: false, screen: { at: 'shown', code: CODE } });
    const check = after(shown, { type: 'noted', group: 3 });
    expect(check.screen).toEqual({ at: 'check', code: CODE, group: 3 });
    expect(after(check, { type: 'look-again' }).screen).toEqual({ at: 'shown', code: CODE });
    expect(after(check, { type: 'kept' }).screen).toEqual({ at: 'done', how: 'kept' });
  });

  test('asks for the password only when the server wants it, and says when it was wrong', () => {
    const asks = after(beginRecovery('needs-setup'), { type: 'asked' }, failed('password-needed'));
    expect(asks).toMatchObject({ screen: { at: 'password' }, problem: null, busy: false });
    const wrong = after(asks, { type: 'asked' }, failed('password-needed'));
    expect(wrong).toMatchObject({ screen: { at: 'password' }, problem: { code: 'password-needed' } });
  });

  test('asks for an approval in the browser when the server wants that, and says when it is not there yet', () => {
    const needed = (session: string): RecoveryEvent => ({
      type: 'failed',
      error: { code: 'approval-needed', detail: '', approval: { stage: 'm.login.sso', session } },
    });
    const asks = after(beginRecovery('needs-setup'), { type: 'asked' }, needed('one'));
    expect(asks).toMatchObject({ screen: { at: 'browser', opened: false }, problem: null, busy: false });
    const opened = after(asks, { type: 'page-opened' });
    expect(opened.screen).toMatchObject({ at: 'browser', opened: true });
    const early = after(opened, { type: 'asked' }, needed('one'));
    expect(early).toMatchObject({ screen: { opened: true }, problem: { code: 'approval-needed' } });
    expect(after(early, needed('two')).screen).toMatchObject({ approval: { session: 'two' }, opened: false });
    expect(after(early, { type: 'made', code: CODE }).screen).toMatchObject({ at: 'shown' });
  });

  test('keeps the code on screen when it could not be confirmed', () => {
    const check = after(
      beginRecovery('new-code'),
      { type: 'made', code: CODE },
      { type: 'noted', group: 1 },
      { type: 'asked' },
      failed('offline'),
    );
    expect(check).toMatchObject({ screen: { at: 'check', code: CODE }, problem: { code: 'offline' } });
  });
});

describe('a second device', () => {
  test('asks for the code, and for nothing else', () => {
    const state = beginRecovery('needs-code');
    expect(state.screen).toEqual({ at: 'enter' });
    expect(after(state, { type: 'asked' }, failed('wrong-code'))).toMatchObject({
      screen: { at: 'enter' },
      problem: { code: 'wrong-code' },
    });
    expect(after(state, { type: 'restored' }).screen).toEqual({ at: 'done', how: 'restored' });
    expect(after(state, { type: 'lost' }, { type: 'found-again' }).screen).toEqual({ at: 'enter' });
  });
});

describe('what was typed back', () => {
  test('is the group that was asked or the whole code, spaces or not', () => {
    for (const [index, group] of groupsOf(CODE).entries()) {
      expect(isKept(CODE, index + 1, ` ${group} `)).toBe(true);
      expect(isKept(CODE, index + 1, group.toLowerCase())).toBe(group === group.toLowerCase());
    }
    expect(isKept(CODE, 4, CODE.replaceAll(' ', ''))).toBe(true);
    expect(isKept(CODE, 4, CODE)).toBe(true);
  });
  test('is nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 12 }), (typed, group) => {
        fc.pre(!CODE.replaceAll(' ', '').includes(typed.replaceAll(/\s+/g, '')));
        expect(isKept(CODE, group, typed)).toBe(false);
      }),
    );
    expect(isKept(CODE, 1, '')).toBe(false);
    expect(isKept(CODE, 1, 'Kgea')).toBe(false);
  });
});
