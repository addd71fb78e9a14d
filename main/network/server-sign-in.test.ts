import { expect, it } from 'vitest';
import type { Credentials } from './proxy-sign-in.ts';
import { type ServerAsking, type ServerQuestion, ServerSignIn } from './server-sign-in.ts';

const nadia: Credentials = { user: 'nadia', password: 'secret' };
const asking = (change: Partial<ServerAsking> = {}): ServerAsking => ({
  host: 'agenda.metropole.example',
  port: 443,
  scheme: 'basic',
  realm: 'Agenda',
  url: 'https://agenda.metropole.example/day',
  ...change,
});

function signIn(servers: readonly string[], answer: Credentials | null = nadia) {
  const asked: ServerQuestion[] = [];
  const clock = { now: 1_000_000 };
  const ask = async (question: ServerQuestion) => {
    asked.push(question);
    return answer;
  };
  return { asked, clock, servers: new ServerSignIn({ servers: () => servers, ask, now: () => clock.now }) };
}

it('asks the person once for many requests of a server that the organisation names', async () => {
  const { asked, servers } = signIn(['*.metropole.example']);
  const answers = await Promise.all([servers.answer(asking()), servers.answer(asking())]);
  expect(answers).toEqual([nadia, nadia]);
  expect(asked).toEqual([{ host: 'agenda.metropole.example', realm: 'Agenda', user: '', wasRefused: false }]);
});

it.each([
  ['nobody named', [], asking()],
  ['named with another port', ['agenda.metropole.example:8443'], asking()],
  [
    'in the clear',
    ['agenda.metropole.example:80'],
    asking({ port: 80, url: 'http://agenda.metropole.example/' }),
  ],
  ['by another way', ['agenda.metropole.example'], asking({ scheme: 'digest' })],
  ['that only ends like one', ['*.metropole.example'], asking({ host: 'metropole.example.evil.example' })],
] as const)('answers nothing to a server %s', async (_, named, server) => {
  const { asked, servers } = signIn(named);
  expect(await servers.answer(server)).toBeNull();
  expect(asked).toEqual([]);
});

it('says that the answer was refused when the server asks again at once, and not a day later', async () => {
  const { asked, clock, servers } = signIn(['agenda.metropole.example']);
  for (const pause of [0, 1_000, 86_400_000]) {
    clock.now += pause;
    await servers.answer(asking());
  }
  expect(asked.map(({ user, wasRefused }) => [user, wasRefused])).toEqual([
    ['', false],
    ['nadia', true],
    ['nadia', false],
  ]);
});

it('leaves who would rather not alone for ten minutes', async () => {
  const { asked, clock, servers } = signIn(['agenda.metropole.example'], null);
  for (const pause of [0, 599_999, 1]) {
    clock.now += pause;
    expect(await servers.answer(asking())).toBeNull();
  }
  expect(asked).toHaveLength(2);
});
