import { expect, test } from 'vitest';
import { askedLabels, askedTrash, Questions } from './asking.ts';
import { localPath, toSyncPath } from './model/paths.ts';

test('each question gets its own answer, whatever their order', async () => {
  const questions = new Questions<string>();
  const ids: number[] = [];
  const asked = ['a', 'b'].map(() => questions.ask((id) => ids.push(id)));
  questions.answer(ids[1] ?? 0, 'second');
  questions.answer(ids[0] ?? 0, 'first');
  questions.answer(99, 'to nobody');
  expect(await Promise.all(asked)).toEqual(['first', 'second']);
});

test('at the end all are answered', async () => {
  const questions = new Questions<boolean>();
  const asked = questions.ask(() => undefined);
  questions.answerAll(false);
  expect(await asked).toBe(false);
});

test('a trash that refused is a failure of the disk', async () => {
  const isMeant = (): boolean => true;
  await expect(askedTrash(() => Promise.resolve(false)).put(localPath('/x'), isMeant)).rejects.toMatchObject({
    code: 'other',
  });
  expect(await askedTrash(() => Promise.resolve(true)).put(localPath('/x'), isMeant)).toBe(true);
});

test('a version does not wait for its name for ever', async () => {
  const never = new Promise<null>(() => undefined);
  expect(await askedLabels(() => never, 1).labelFor('p', toSyncPath('plan.txt'))).toBeUndefined();
  const label = askedLabels(() => Promise.resolve('copie de Nadia'));
  expect(await label.labelFor('p', toSyncPath('plan.txt'))).toBe('copie de Nadia');
});
