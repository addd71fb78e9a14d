import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { aborted, listenForStop, Stopped, useUntilStopped } from './stop.ts';

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s asks to stop, however often it comes', async (name) => {
  const signals = new EventEmitter();
  const stop = listenForStop(signals);
  const waiting = aborted(stop);
  expect(stop.aborted).toBe(false);
  signals.emit(name);
  signals.emit(name);
  await expect(waiting).resolves.toBeUndefined();
  await expect(aborted(stop)).resolves.toBeUndefined();
  expect(stop.reason).toBeInstanceOf(Stopped);
});

test('a listener that a library adds later does not hear it', async () => {
  const signals = new EventEmitter();
  listenForStop(signals);
  const heard: string[] = [];
  signals.on('SIGINT', () => heard.push('SIGINT'));
  signals.once('SIGTERM', () => heard.push('SIGTERM'));
  signals.on('exit', () => heard.push('exit'));
  await Promise.resolve();
  for (const name of ['SIGINT', 'SIGTERM', 'exit']) signals.emit(name);
  expect(heard).toEqual(['exit']);
});

/** Something to start and end, that tells what happens to it. */
function server() {
  const story: string[] = [];
  const end = async () => void story.push('ended');
  const stop = new AbortController();
  return { story, stop, use: { end, stop: stop.signal } };
}

test('what is started is ended after its use', async () => {
  const { story, use } = server();
  const task = async (name: string) => story.push(`${name} used`);
  await expect(useUntilStopped({ ...use, starting: Promise.resolve('it') }, task)).resolves.toBe(1);
  expect(story).toEqual(['it used', 'ended']);
});

test('what is started is ended when its use fails', async () => {
  const { story, use } = server();
  const fails = () => Promise.reject(new Error('no window'));
  const using = useUntilStopped({ ...use, starting: Promise.resolve('it') }, fails);
  await expect(using).rejects.toThrow('no window');
  expect(story).toEqual(['ended']);
});

test('what fails to start says why', async () => {
  const { story, use } = server();
  const task = async () => story.push('used');
  const using = useUntilStopped({ ...use, starting: Promise.reject(new Error('no port')) }, task);
  await expect(using).rejects.toThrow('no port');
  expect(story).toEqual([]);
});

test('a stop in the midst of the start waits for it, and ends what came of it', async () => {
  const { story, stop, use } = server();
  const { promise: starting, resolve } = Promise.withResolvers<string>();
  const using = useUntilStopped({ ...use, starting }, () => new Promise(() => undefined));
  stop.abort();
  resolve('it');
  await expect(using).resolves.toBeUndefined();
  expect(story).toEqual(['ended']);
});

test('a start that fails after the stop fails unheard: Ctrl-C reached what was starting too', async () => {
  const { story, stop, use } = server();
  const { promise: starting, reject } = Promise.withResolvers<string>();
  const using = useUntilStopped({ ...use, starting }, async () => story.push('used'));
  stop.abort();
  reject(new Error('it was killed'));
  await expect(using).resolves.toBeUndefined();
  expect(story).toEqual([]);
});
