import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Difference, type DifferencePart } from '../../preload/contract/difference.ts';
import { differenceOf } from './difference.ts';
import { textOf } from './text-of.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('the text of a file', () => {
  it('is read as UTF-8, UTF-16 with and without its mark, and as old programs wrote it', () => {
    expect(textOf(bytes('Été à Lyon ☀\n'))).toBe('Été à Lyon ☀\n');
    expect(textOf(Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes('Été')]))).toBe('Été');
    expect(textOf(Buffer.concat([Buffer.of(0xff, 0xfe), utf16('Été')]))).toBe('Été');
    expect(textOf(Buffer.concat([Buffer.of(0xfe, 0xff), utf16('Été').swap16()]))).toBe('Été');
    expect(textOf(utf16('Compte rendu'))).toBe('Compte rendu');
    expect(textOf(Buffer.from('Compte rendu du comité, été 2026', 'latin1'))).toBe(
      'Compte rendu du comité, été 2026',
    );
    expect(textOf(new Uint8Array())).toBe('');
  });

  it('is none in pictures, archives and programs', () => {
    expect(textOf(Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64'))).toBeNull();
    expect(textOf(Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 8, 8, 8, 0, 0x21]))).toBeNull();
    expect(textOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x10, 0x4a, 0x46, 0x1b, 0x9d]))).toBeNull();
  });

  it('never fails, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (any) => {
        expect(textOf(any) ?? '').not.toContain('\0');
      }),
    );
  });
});

describe('what differs between two versions', () => {
  it('is told by lines, with a little of what is around', async () => {
    const lines = Array.from({ length: 30 }, (_, at) => `line ${at}`);
    const changed = lines.with(15, 'mine');
    expect(await differenceOf(bytes(lines.join('\n')), bytes(changed.join('\n')))).toEqual({
      kind: 'lines',
      isCut: false,
      parts: [
        { side: 'skipped', count: 12 },
        { side: 'both', lines: ['line 12', 'line 13', 'line 14'] },
        { side: 'there', lines: ['line 15'] },
        { side: 'here', lines: ['mine'] },
        { side: 'both', lines: ['line 16', 'line 17', 'line 18'] },
        { side: 'skipped', count: 11 },
      ],
    });
  });

  it('is nothing that line ends or the encoding make', async () => {
    expect(await differenceOf(bytes('é\nb\n'), bytes('é\nb\n'))).toEqual({ kind: 'equal' });
    expect(await differenceOf(bytes('é\nb'), Buffer.from('é\r\nb\r\n', 'latin1'))).toEqual({
      kind: 'none',
      why: 'invisible',
    });
  });

  it('is not told of what is no text', async () => {
    expect(await differenceOf(bytes('text'), Buffer.of(0, 1, 2))).toEqual({ kind: 'none', why: 'not-text' });
  });

  it('takes a bounded time and size, however different they are', async () => {
    const noise = (seed: number) =>
      Array.from({ length: 30_000 }, (_, at) => `${(at * seed) % 9973} ${at % seed}`).join('\n');
    const started = performance.now();
    const far = await differenceOf(bytes(noise(31)), bytes(noise(47)));
    expect(performance.now() - started).toBeLessThan(8000);
    expect(Difference.parse(far).kind).not.toBe('equal');
    const long = Difference.parse(
      await differenceOf(bytes(''), bytes('x'.repeat(9000) + '\nb'.repeat(9000))),
    );
    expect(long).toMatchObject({ kind: 'lines', isCut: true });
    expect(JSON.stringify(long).length).toBeLessThan(40_000);
  });

  it('tells each line of either version once, in order', async () => {
    const word = fc.constantFrom('a', 'b', 'c', 'd');
    const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join('\n'));
    await fc.assert(
      fc.asyncProperty(text, text, async (there, here) => {
        const difference = await differenceOf(bytes(there), bytes(here));
        if (difference.kind !== 'lines') return;
        if (difference.parts.some(({ side }) => side === 'skipped')) return;
        const of = (side: 'there' | 'here') =>
          difference.parts
            .flatMap((part: DifferencePart) => (part.side === side || part.side === 'both' ? part.lines : []))
            .join('\n');
        expect([of('there'), of('here')]).toEqual([there, here]);
      }),
    );
  });
});
