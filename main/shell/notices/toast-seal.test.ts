import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../../log/silent.ts';
import { ToastSeal } from './toast-seal.ts';

const GIVEN = 'type=reply&tag=0f&use=reply&id=%24event&salon=%21quais';

test('what we sealed tells whose it is', () => {
  const seal = new ToastSeal('secret');
  expect(seal.open(seal.seal(GIVEN, 'nadia'))).toEqual({ account: 'nadia' });
  expect(seal.open(seal.seal(GIVEN, null))).toEqual({ account: null });
});

test.each([
  ['no proof at all', GIVEN],
  ['another salon', new ToastSeal('secret').seal(GIVEN, 'nadia').replace('quais', 'ponts')],
  ['another account', new ToastSeal('secret').seal(GIVEN, 'nadia').replace('nadia', 'bruno')],
  ['another secret', new ToastSeal('guess').seal(GIVEN, 'nadia')],
  ['something after it', `${new ToastSeal('secret').seal(GIVEN, 'nadia')}&use=accept`],
  ['nothing', ''],
])('what another program made up is not ours: %s', (_what, sealed) => {
  expect(new ToastSeal('secret').open(sealed)).toBeNull();
});

test('a toast of an earlier run is ours still, one of another profile is not', async () => {
  const [one, other] = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'seal-'))));
  const sealed = (await ToastSeal.open(one ?? '', silentLog)).seal(GIVEN, 'nadia');
  expect((await ToastSeal.open(one ?? '', silentLog)).open(sealed)).toEqual({ account: 'nadia' });
  expect((await ToastSeal.open(other ?? '', silentLog)).open(sealed)).toBeNull();
  await Promise.all([one, other].map((folder) => rm(folder ?? '', { recursive: true })));
});
