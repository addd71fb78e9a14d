import { expect, test } from 'vitest';
import { CommandFailed, runCommand } from './command.ts';

const node = (source: string) => ['-e', source];

test('gives what a command printed, and tells each line as it comes', async () => {
  const told: string[] = [];
  const source = "console.log('one'); console.error('two'); console.log('three')";
  const printed = await runCommand(process.execPath, node(source), { progress: (line) => told.push(line) });
  expect(printed).toBe('one\nthree');
  expect(told.toSorted()).toEqual(['one', 'three', 'two']);
});

test('a command that ends badly says so with its last words', async () => {
  const failed = runCommand(process.execPath, node("console.error('no room'); process.exit(3)"));
  await expect(failed).rejects.toThrow(CommandFailed);
  await expect(failed).rejects.toThrow(/ended with 3\nno room$/);
});

test('a command that is not there is told by name', async () => {
  await expect(runCommand('traboule-no-such-command', [])).rejects.toThrow('traboule-no-such-command');
});

test('a stopped command has ended, with the children that it started, before the error comes', async () => {
  const stop = new AbortController();
  const child =
    "process.on('SIGTERM', () => setTimeout(() => { console.log('child ended'); process.exit() }, 50)); console.log('ready'); setInterval(() => {}, 1000)";
  const parent = `const it = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });
    process.on('SIGTERM', () => { it.kill('SIGTERM'); process.exit() });`;
  const told: string[] = [];
  const running = runCommand(process.execPath, node(parent), {
    stop: stop.signal,
    progress: (line) => {
      told.push(line);
      if (line === 'ready') stop.abort(new Error('enough'));
    },
  });
  await expect(running).rejects.toThrow('enough');
  expect(told).toEqual(['ready', 'child ended']);
});

test('nothing is started after the stop', async () => {
  const stop = AbortSignal.abort(new Error('enough'));
  await expect(runCommand('traboule-no-such-command', [], { stop })).rejects.toThrow('enough');
});
