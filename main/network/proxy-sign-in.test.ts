import { beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../log/silent.ts';
import {
  type Credentials,
  hostAndPort,
  type ProxyAnswer,
  type ProxyQuestion,
  ProxySignIn,
  withCredentials,
} from './proxy-sign-in.ts';

const challenge = {
  proxy: 'proxy.example:3128',
  realm: 'Métropole',
  url: 'https://chat.example/',
};
const RIGHT = { user: 'n.benali', password: 'juste' };
const WRONG = { user: 'n.benali', password: 'faux' };

let answers: ProxyAnswer[];
let questions: ProxyQuestion[];
let kept: [string, Credentials | null][];
let right: Credentials | 'away';
let time: number;

function signIn(before: readonly (readonly [string, Credentials])[] = []): ProxySignIn {
  return new ProxySignIn({
    ask: (question) => {
      questions.push(question);
      return Promise.resolve(answers.shift() ?? null);
    },
    try: (_, { password }) =>
      Promise.resolve(right === 'away' ? 'unknown' : password === right.password ? 'taken' : 'refused'),
    kept: new Map(before),
    keep: (proxy, credentials) => {
      kept.push([proxy, credentials]);
      return Promise.resolve();
    },
    now: () => time,
    log: silentLog,
  });
}

beforeEach(() => {
  answers = [];
  questions = [];
  kept = [];
  right = RIGHT;
  time = 1_000_000;
});

describe('the sign-in at a proxy', () => {
  it('asks once for all who wait, and keeps the answer only if told to', async () => {
    answers = [{ ...RIGHT, remember: false }];
    const proxies = signIn();
    const all = await Promise.all([1, 2, 3].map(() => proxies.answer(challenge)));
    expect(all).toEqual([RIGHT, RIGHT, RIGHT]);
    expect(questions).toEqual([
      { proxy: challenge.proxy, realm: challenge.realm, user: '', wasRefused: false },
    ]);
    expect(kept).toEqual([[challenge.proxy, null]]);
    expect(proxies.known(challenge.proxy)).toEqual(RIGHT);
  });

  it('asks again, with the name, until it is right; nobody gets what is wrong', async () => {
    answers = [
      { ...WRONG, remember: true },
      { ...WRONG, remember: true },
      { ...RIGHT, remember: true },
    ];
    expect(await signIn().answer(challenge)).toEqual(RIGHT);
    expect(questions.map(({ user, wasRefused }) => [user, wasRefused])).toEqual([
      ['', false],
      ['n.benali', true],
      ['n.benali', true],
    ]);
    expect(kept).toEqual([[challenge.proxy, RIGHT]]);
  });

  it('does not ask for what was kept, unless it holds no longer', async () => {
    const proxies = signIn([[challenge.proxy, RIGHT]]);
    expect(await proxies.answer(challenge)).toEqual(RIGHT);
    expect(questions).toEqual([]);
    right = { user: 'n.benali', password: 'nouveau' };
    answers = [{ ...right, remember: true }];
    time += 60_000;
    expect(await proxies.answer(challenge)).toEqual(right);
    expect(questions).toMatchObject([{ user: 'n.benali', wasRefused: true }]);
  });

  it('leaves those alone who would rather not, for a while', async () => {
    const proxies = signIn();
    expect(await proxies.answer(challenge)).toBeNull();
    expect(await proxies.answer(challenge)).toBeNull();
    expect(questions).toHaveLength(1);
    time += 11 * 60_000;
    await proxies.answer(challenge);
    expect(questions).toHaveLength(2);
  });

  it('takes a proxy that is away for no refusal', async () => {
    right = 'away';
    expect(await signIn([[challenge.proxy, WRONG]]).answer(challenge)).toEqual(WRONG);
    expect(questions).toEqual([]);
  });

  it('tells who speaks to proxies themselves', async () => {
    answers = [{ ...RIGHT, remember: false }];
    const proxies = signIn();
    let told = 0;
    proxies.onChange(() => {
      told += 1;
    });
    await proxies.answer(challenge);
    expect(told).toBe(1);
  });
});

describe('the address of a proxy', () => {
  it('carries a password of any letters', () => {
    const address = withCredentials('http://proxy.example:3128', { user: 'METRO\\n', password: 'p@s/s:é%' });
    const { username, password, host } = new URL(address);
    expect(host).toBe('proxy.example:3128');
    expect(decodeURIComponent(username)).toBe('METRO\\n');
    expect(decodeURIComponent(password)).toBe('p@s/s:é%');
    expect(withCredentials('http://proxy.example:3128', undefined)).toBe('http://proxy.example:3128');
  });

  it('says its port', () => {
    expect(hostAndPort('http://proxy.example')).toBe('proxy.example:80');
    expect(hostAndPort('https://proxy.example')).toBe('proxy.example:443');
    expect(hostAndPort('http://proxy.example:3128')).toBe('proxy.example:3128');
  });
});
