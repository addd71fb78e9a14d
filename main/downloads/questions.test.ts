import { expect, it } from 'vitest';
import { Questions } from './questions.ts';

const stillWanted = () => false;

it('asks one after the other, also after one that failed', async () => {
  const questions = new Questions(5);
  const first = Promise.withResolvers<string>();
  const asked: string[] = [];
  const ask = (name: string, answer: Promise<string>) =>
    questions.ask(() => {
      asked.push(name);
      return answer;
    }, stillWanted);
  const answers = [ask('a', first.promise), ask('b', Promise.reject(new Error('no window')))];
  const third = ask('c', Promise.resolve('/c'));
  await Promise.resolve();
  expect(asked).toEqual(['a']);
  first.resolve('/a');
  expect(await answers[0]).toBe('/a');
  await expect(answers[1]).rejects.toThrow('no window');
  expect(await third).toBe('/c');
  expect(asked).toEqual(['a', 'b', 'c']);
});

it('has room for so many, and again when one has its answer', async () => {
  const questions = new Questions(2);
  const open = Promise.withResolvers<string>();
  const first = questions.ask(() => open.promise, stillWanted);
  const second = questions.ask(() => Promise.resolve('/b'), stillWanted);
  expect(questions.hasRoom).toBe(false);
  open.resolve('/a');
  await Promise.all([first, second]);
  expect(questions.hasRoom).toBe(true);
});

it('asks nothing about what is over when its turn comes', async () => {
  const questions = new Questions(2);
  const answer = questions.ask(
    () => Promise.reject(new Error('asked')),
    () => true,
  );
  expect(await answer).toBeNull();
});
