import { expect, test } from 'vitest';
import { proving } from './interactive-auth.ts';

/** A server's answer as the SDK throws it. */
const challenge = (...stages: readonly string[]) =>
  Object.assign(new Error('401'), {
    httpStatus: 401,
    data: { session: 's', flows: stages.map((stage) => ({ stages: stage.split(' ') })) },
  });

/** A request that a server with these ways takes once `right` came along; what was sent along is kept. */
function server(stages: readonly string[], right: (auth: Readonly<Record<string, unknown>>) => boolean) {
  const sent: unknown[] = [];
  const request = async (auth: Readonly<Record<string, unknown>> | null) => {
    sent.push(auth);
    if (auth === null || !right(auth)) throw challenge(...stages);
    return 'taken';
  };
  return { sent, request };
}
const never = () => false;

test('what the server takes without a question is not proven', async () => {
  expect(await proving('@n:m', { password: 'pw', approved: null })(async (auth) => auth)).toBeNull();
});

test('a password is sent once, and asked for where it is missing or wrong', async () => {
  const { request, sent } = server(['m.login.password'], ({ password }) => password === 'pw');
  expect(await proving('@n:m', { password: 'pw', approved: null })(request)).toBe('taken');
  expect(sent[1]).toMatchObject({ type: 'm.login.password', identifier: { user: '@n:m' }, session: 's' });
  for (const password of [null, 'wrong'])
    await expect(proving('@n:m', { password, approved: null })(request)).rejects.toMatchObject({
      code: 'password-needed',
    });
});

test.each(['m.login.sso', 'm.oauth', 'org.matrix.cross_signing_reset'])(
  'an approval in the browser (%s) is asked for, and sent once it was given',
  async (stage) => {
    const { request, sent } = server([stage], ({ session }) => session === 'given');
    const needed = { code: 'approval-needed', approval: { stage, session: 's' } };
    await expect(proving('@n:m', { password: 'pw', approved: null })(request)).rejects.toMatchObject(needed);
    await expect(proving('@n:m', { password: null, approved: 'early' })(request)).rejects.toMatchObject(
      needed,
    );
    expect(await proving('@n:m', { password: null, approved: 'given' })(request)).toBe('taken');
    expect(sent).toEqual([null, { session: 'early' }, { session: 'given' }]);
  },
);

test('where both would do, the browser is asked for; a password that was typed already is tried first', async () => {
  const both = server(['m.login.password', 'm.login.sso'], ({ password }) => password === 'pw');
  const prove = (password: string | null) => proving('@n:m', { password, approved: null })(both.request);
  expect(await prove('pw')).toBe('taken');
  for (const password of [null, 'old'])
    await expect(prove(password)).rejects.toMatchObject({ code: 'approval-needed' });
});

test('another way, or two in one, is said to be unsupported', async () => {
  for (const stages of ['m.login.recaptcha', 'm.login.sso m.login.terms']) {
    const { request } = server([stages], never);
    const proven = proving('@n:m', { password: 'pw', approved: null })(request);
    await expect(proven).rejects.toMatchObject({ code: 'unsupported' });
  }
});

test('what is no question is thrown as it came', async () => {
  const ended = Object.assign(new Error('M_UNKNOWN_TOKEN'), {
    httpStatus: 401,
    data: { errcode: 'M_UNKNOWN_TOKEN' },
  });
  const proven = proving('@n:m', { password: null, approved: null })(() => Promise.reject(ended));
  await expect(proven).rejects.toBe(ended);
});
