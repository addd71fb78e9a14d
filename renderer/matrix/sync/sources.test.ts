import { describe, expect, test } from 'vitest';
import type { ChatHttp, RequestOptions } from '../http/chat-http.ts';
import { ClassicSync } from './classic.ts';
import { SlidingSync } from './sliding.ts';

/** A server that answers one thing after the other and remembers what it was asked. */
class Answers {
  readonly asked: RequestOptions[] = [];
  readonly #answers: unknown[];

  constructor(...answers: readonly unknown[]) {
    this.#answers = [...answers];
  }

  readonly http: ChatHttp = {
    json: (_method, _path, options = {}) => {
      this.asked.push(options);
      return Promise.resolve(this.#answers.shift());
    },
    bytes: () => Promise.reject(new Error('no bytes here')),
  };
}

const { signal } = new AbortController();
const sliding = (pos: string, count: number, rooms: readonly string[]) => ({
  pos,
  lists: { all: { count } },
  rooms: Object.fromEntries(rooms.map((id) => [id, { initial: true }])),
  extensions: {},
});
const classic = (next: string, rooms: readonly string[]) => ({
  next_batch: next,
  rooms: { join: Object.fromEntries(rooms.map((id) => [id, {}])), invite: { '!i': {} } },
});

describe('sliding sync', () => {
  test('that begins anew says which rooms are all, once the last has come', async () => {
    const server = new Answers(
      sliding('1', 21, ['!a', '!b']),
      sliding('2', 21, ['!c']),
      sliding('3', 21, ['!a']),
    );
    const source = new SlidingSync(server.http, null);
    const wholes: unknown[] = [];
    const forgot: boolean[] = [];
    for (let index = 0; index < 3; index += 1) {
      const delta = await source.next(signal);
      wholes.push(delta.whole);
      forgot.push(delta.crypto.forgotDevices);
      source.commit();
    }
    expect(wholes).toEqual([null, new Set(['!a', '!b', '!c']), null]);
    expect(forgot).toEqual([true, false, false]);
  });

  test('that goes on from a position says nothing of it, unless the server forgot the position', async () => {
    const server = new Answers(sliding('8', 2, ['!a']), sliding('9', 2, ['!a', '!b']));
    const source = new SlidingSync(server.http, { kind: 'sliding', pos: '7', toDevice: 't', width: 20 });
    expect((await source.next(signal)).whole).toBeNull();
    source.commit();
    source.restart();
    const anew = await source.next(signal);
    expect(anew.whole).toEqual(new Set(['!a', '!b']));
    expect(anew.crypto.forgotDevices).toBe(true);
    expect(server.asked.map((one) => one.query?.pos)).toEqual(['7', undefined]);
  });

  test('an answer that was not taken in is asked for again from the same place', async () => {
    const server = new Answers(sliding('1', 1, ['!a']), sliding('1', 1, ['!a']), sliding('2', 1, []));
    const source = new SlidingSync(server.http, null);
    await source.next(signal);
    expect((await source.next(signal)).whole).toEqual(new Set(['!a']));
    source.commit();
    await source.next(signal);
    expect(server.asked.map((one) => one.query?.pos)).toEqual([undefined, undefined, '1']);
  });

  test('an answer without its list says of no room that it was left', async () => {
    const source = new SlidingSync(new Answers({ pos: '1', rooms: { '!a': {} } }).http, null);
    expect((await source.next(signal)).whole).toBeNull();
  });
});

describe('classic sync', () => {
  test('says which rooms are all in its first answer, after which changes of devices were lost', async () => {
    const server = new Answers(classic('s1', ['!a']), classic('s2', ['!a']));
    const source = new ClassicSync(server.http, null, () => true);
    const first = await source.next(signal);
    expect(first.whole).toEqual(new Set(['!a', '!i']));
    expect(first.crypto.forgotDevices).toBe(true);
    source.commit();
    const next = await source.next(signal);
    expect(next).toMatchObject({ whole: null, crypto: { forgotDevices: false } });
    expect(server.asked.map((one) => one.query?.since)).toEqual([undefined, 's1']);
  });

  test('goes on from where it was', async () => {
    const server = new Answers(classic('s8', ['!a']));
    const source = new ClassicSync(server.http, { kind: 'classic', since: 's7' }, () => true);
    expect(await source.next(signal)).toMatchObject({ whole: null, crypto: { forgotDevices: false } });
    expect(server.asked[0]?.query?.since).toBe('s7');
  });
});
