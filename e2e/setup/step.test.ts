import { expect, test } from 'vitest';
import { runSteps, type Screen, type Step } from './step.ts';
import { Stopped } from './stop.ts';

function recorder(): Screen & { said: string[] } {
  const said: string[] = [];
  return { said, line: (text) => said.push(text), live: (text) => said.push(text) };
}

function step(name: string, more: Partial<Step> = {}): Step {
  return {
    name,
    isDone: () => Promise.resolve(false),
    run: () => Promise.resolve(),
    remedy: 'Try again.',
    ...more,
  };
}

test('what is there is neither done again nor mentioned', async () => {
  const screen = recorder();
  const run = () => Promise.reject(new Error('must not run'));
  await runSteps([step('Packages', { isDone: () => Promise.resolve(true), run })], undefined, screen);
  expect(screen.said).toEqual([]);
});

test('each step says what it does and how far it is', async () => {
  const screen = recorder();
  await runSteps(
    [step('Synapse', { run: async ({ progress }) => progress?.('38 MB') }), step('Electron')],
    undefined,
    screen,
  );
  expect(screen.said.map((line) => line.replace(/\d+\.\d s/, 'N s'))).toEqual([
    'Set-up 1/2: Synapse ...',
    '  38 MB',
    'Set-up 1/2: Synapse: done in N s',
    'Set-up 2/2: Electron ...',
    'Set-up 2/2: Electron: done in N s',
  ]);
});

test('a failed step says what, why and what to do, and stops the rest', async () => {
  const later: string[] = [];
  const steps = [
    step('Synapse', { run: () => Promise.reject(new Error('no route')), remedy: 'Check the network.' }),
    step('Electron', { run: async () => void later.push('ran') }),
  ];
  const failure = runSteps(steps, undefined, recorder());
  await expect(failure).rejects.toThrow(
    /stopped at: Synapse[^]*Why: no route[^]*What to do: Check the network\./,
  );
  expect(later).toEqual([]);
});

test('a stopped step is no failed one: nothing is to be mended', async () => {
  const stop = new AbortController();
  const run: Step['run'] = async (watch) => {
    stop.abort(new Stopped());
    watch.stop?.throwIfAborted();
  };
  const stopped = runSteps([step('Synapse', { run })], stop.signal, recorder());
  await expect(stopped).rejects.toThrow(Stopped);
});
