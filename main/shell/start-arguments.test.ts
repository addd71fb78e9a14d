import { describe, expect, it } from 'vitest';
import { actOfStart, shortenedArguments } from './start-arguments.ts';

const act = (...args: string[]) => actOfStart(args, 'traboule');

describe('the arguments of a start', () => {
  it('are found among the switches of a second instance, wherever they stand', () => {
    const salon = { kind: 'open', opening: { kind: 'salon', salonId: '!a' } };
    expect(act('/opt/traboule', '--allow-x', '--', 'traboule://salon/!a')).toEqual(salon);
    expect(act('traboule://salon/!a', '--no-first-run', '/opt/traboule')).toEqual(salon);
    expect(act('/opt/traboule', '--act=show-files', '--allow-x')).toEqual({
      kind: 'open',
      opening: { kind: 'command', command: 'show-files' },
    });
    expect(act('--allow-x', '--act=toggle-quiet')).toEqual({ kind: 'toggle-quiet' });
    expect(act('--hidden', '--allow-x')).toEqual({ kind: 'hidden' });
  });

  it('open the window when they name nothing that we know', () => {
    const plain = { kind: 'open', opening: null };
    expect([act(), act('--act=format-disk'), act('/x', 'ensemble://salon/!a')]).toEqual([
      plain,
      plain,
      plain,
    ]);
  });

  it('are made short enough to be handed to the program that runs', () => {
    const link = `traboule://salon/!${'a'.repeat(100_000)}`;
    expect(shortenedArguments(['/opt/traboule', 'traboule://salon/!a'], 'traboule')).toBeNull();
    expect(shortenedArguments(['-r', 'layer.js', link], 'traboule')).toEqual([
      '-r',
      'layer.js',
      'traboule://',
    ]);
    const many = Array.from({ length: 1000 }, () => 'traboule://salon/!abc');
    expect(shortenedArguments(many, 'traboule')).toEqual(['traboule://']);
    expect(shortenedArguments(['x'.repeat(9000)], 'traboule')).toEqual(['traboule://']);
  });

  it('show the window for a link even at a hidden start, also to say that it is foreign', () => {
    expect(act('--hidden', 'traboule://x')).toEqual({ kind: 'open', opening: { kind: 'refused' } });
  });
});
